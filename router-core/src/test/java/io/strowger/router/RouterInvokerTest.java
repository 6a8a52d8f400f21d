package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.router.dispatch.Tap;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.ReturnCode;
import io.strowger.router.status.RouterCounter;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Test;

/**
 * The whole router on the test's thread: order, back pressure, visibility, isolation of taps.
 */
class RouterInvokerTest {
    private final MemoryJournal journal = new MemoryJournal();
    private final List<Long> seen = new ArrayList<>();
    private final EventSignal signal = new EventSignal();

    @Test
    void shouldHaveTakenEverythingWhenATurnFindsNothingToDo() {
        try (Router router = Router.launch(Routers.invoker(journal))) {
            final Channel channel = router.openChannel();
            final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
            long offered = 0;
            for (int round = 0; round < 50; round++) {
                while (channel.offer(buffer, 0, signal.encode(buffer)) > 0) {
                    offered++;
                }
                int work = 1;
                while (work > 0) {
                    work = router.poll();
                }
                assertEquals(offered, router.lastSequence(), "round " + round);
            }
        }
    }

    @Test
    void shouldKeepTheOrderOfAChannelWhenSignalsFlow() {
        try (Router router = Router.launch(Routers.invoker(journal).tap(this::see))) {
            final List<Long> taken = new ArrayList<>();
            Routers.feed(router, router.openChannel(), signal, 500, taken::add);
            assertEquals(taken, seen);
            assertEquals(500, router.lastSequence());
            assertEquals(500, router.counters().get(RouterCounter.SIGNALS));
            assertEquals(500, router.counters().get(RouterCounter.ADMITTED));
            assertEquals(500, router.counters().get(RouterCounter.EVENTS));
        }
    }

    @Test
    void shouldTakeFromEveryChannelWhenOneIsBusy() {
        try (Router router = Router.launch(Routers.invoker(journal).tap(this::see))) {
            final Channel busy = router.openChannel();
            final Channel quiet = router.openChannel();
            final ExpandableArrayBuffer quietSignal = new ExpandableArrayBuffer();
            final int quietLength = new EventSignal().sequence(1_000_000).encode(quietSignal);
            final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
            int length = signal.encode(buffer);
            for (int turn = 0; turn < 50; turn++) {
                while (busy.offer(buffer, 0, length) > 0) {
                    length = signal.encode(buffer);
                }
                if (20 == turn) {
                    quiet.offer(quietSignal, 0, quietLength);
                }
                router.poll();
            }
            assertTrue(seen.contains(1_000_000L), seen.toString());
        }
    }

    @Test
    void shouldAnswerBackPressuredAndLoseNothingWhenChannelAndRingAreFull() {
        try (Router router = Router.launch(Routers.invoker(journal).tap(this::see))) {
            final Channel channel = router.openChannel();
            journal.refuse(50);
            final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
            int taken = 0;
            int turns = 0;
            int length = signal.encode(buffer);
            while (turns < 50) {
                final long code = channel.offer(buffer, 0, length);
                if (code > 0) {
                    taken++;
                    assertEquals(taken, code);
                    length = signal.encode(buffer);
                } else {
                    assertEquals(ReturnCode.BACK_PRESSURED, code);
                    router.poll();
                    turns++;
                }
            }
            assertTrue(router.counters().get(RouterCounter.CHANNEL_FULL) > 0);
            assertTrue(router.counters().get(RouterCounter.JOURNAL_FULL) > 0);
            assertTrue(router.counters().get(RouterCounter.RING_FULL) > 0);
            assertEquals(0, seen.size());
            assertEquals(0, router.lastSequence());
            Routers.settle(router);
            assertEquals(taken, seen.size());
            assertEquals(taken, router.lastSequence());
        }
    }

    @Test
    void shouldShowNothingBeforeItsBlockIsInTheJournalWhenTapsLook() {
        final Tap tap = (block, record) -> assertTrue(RecordLayout.sequence(block, record) <= journal.lastSequence());
        try (Router router = Router.launch(Routers.invoker(journal).tap(tap).tap(this::see))) {
            final Channel channel = router.openChannel();
            Routers.offer(channel, signal);
            journal.refuse(3);
            for (int i = 0; i < 3; i++) {
                router.poll();
                assertTrue(seen.isEmpty());
            }
            router.poll();
            assertEquals(1, seen.size());
            Routers.feed(router, channel, signal, 200, sequence -> { });
            assertEquals(201, seen.size());
            assertEquals(0, router.counters().get(RouterCounter.TAP_FAULTS));
        }
    }

    @Test
    void shouldDetachOnlyTheTapThatThrowsWhenTapsStandTogether() {
        final List<Throwable> faults = new ArrayList<>();
        final Error fault = new AssertionError("of the second tap");
        final int[] calls = new int[1];
        final Tap throwing = (block, record) -> {
            if (3 == ++calls[0]) {
                throw fault;
            }
        };
        final int[] others = new int[1];
        final RouterContext context = Routers.invoker(journal).tap(this::see).tap(throwing).tap((block, record) -> others[0]++)
            .errorHandler(faults::add);
        try (Router router = Router.launch(context)) {
            Routers.feed(router, router.openChannel(), signal, 10, sequence -> { });
            assertEquals(3, calls[0]);
            assertEquals(10, seen.size());
            assertEquals(10, others[0]);
            assertEquals(1, faults.size());
            assertSame(fault, faults.get(0));
            assertEquals(1, router.counters().get(RouterCounter.TAP_FAULTS));
            assertFalse(router.isClosed());
        }
    }

    @Test
    void shouldTellATapOfEveryBlockWhenNothingInItIsAnEvent() {
        final List<Integer> counts = new ArrayList<>();
        final Tap tap = new Tap() {
            @Override
            public void onEvent(final DirectBuffer block, final int record) {
                throw new AssertionError("there is no event");
            }

            @Override
            public void onBlock(final DirectBuffer block, final int offset, final int length) {
                counts.add(BlockLayout.count(block, offset));
            }
        };
        try (Router router = Router.launch(Routers.invoker(journal).tap(tap))) {
            final Channel channel = router.openChannel();
            Routers.offer(channel, signal.events(0));
            Routers.offer(channel, signal);
            Routers.settle(router);
            assertEquals(List.of(2), counts);
        }
    }

    @Test
    void shouldAddAndRemoveTapsWhenTheRouterRuns() {
        final Tap tap = this::see;
        try (Router router = Router.launch(Routers.invoker(journal))) {
            final Channel channel = router.openChannel();
            Routers.feed(router, channel, signal, 3, sequence -> { });
            router.addTap(tap);
            Routers.feed(router, channel, signal, 3, sequence -> { });
            router.removeTap(tap);
            Routers.feed(router, channel, signal, 3, sequence -> { });
            assertEquals(List.of(3L, 4L, 5L), seen);
        }
    }

    @Test
    void shouldRefuseTheCommandWhenATapWaitsForItsOwnThread() {
        final Router[] router = new Router[1];
        final List<Throwable> faults = new ArrayList<>();
        router[0] = Router.launch(Routers.invoker(journal).tap((block, record) -> router[0].digest()).errorHandler(faults::add));
        Routers.feed(router[0], router[0].openChannel(), signal, 1, sequence -> { });
        assertEquals(1, faults.size());
        assertEquals(IllegalStateException.class, faults.get(0).getClass());
        router[0].close();
    }

    @Test
    void shouldAnswerTheReasonWhenASignalIsRefused() {
        final RouterContext context = Routers.invoker(journal)
            .admission((buffer, offset, length) -> length < 100 ? RejectReason.BAD_VAR_DATA.value() : 0);
        try (Router router = Router.launch(context)) {
            final Channel channel = router.openChannel();
            final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(8192);
            final int length = signal.encode(buffer);
            assertRejected(RejectReason.BAD_VAR_DATA, channel.offer(buffer, 0, 99));
            assertRejected(RejectReason.TOO_LONG, channel.offer(buffer, 0, 513));
            assertRejected(RejectReason.TOO_SHORT, channel.offer(buffer, 0, 7));
            assertRejected(RejectReason.TOO_SHORT, channel.offer(buffer, 0, -1));
            assertThrows(IndexOutOfBoundsException.class, () -> channel.offer(new ExpandableArrayBuffer(128), 100, 200));
            assertEquals(1, channel.offer(buffer, 0, length));
            Routers.settle(router);
            assertEquals(5, router.lastSequence(), "the refusals are in the journal too");
            assertEquals(4, router.counters().get(RouterCounter.REJECTED));
        }
    }

    @Test
    void shouldLetInOnlyWhatASourceMaySayWhenNoAdmissionIsGiven() {
        try (Router router = Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.INVOKER))) {
            final Channel channel = router.openChannel();
            final Channel open = router.openChannel((buffer, offset, length) -> 0);
            final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
            final int length = signal.encode(buffer);
            assertRejected(RejectReason.NOT_ALLOWED, channel.offer(buffer, 0, length));
            assertEquals(1, open.offer(buffer, 0, length));
            buffer.putShort(SignalLayout.BLOCK_LENGTH_OFFSET, (short)1);
            assertRejected(RejectReason.TOO_SHORT, channel.offer(buffer, 0, 31));
        }
    }

    @Test
    void shouldPayEverythingOwedBeforeTheNextInputWhenTimeIsTheSources() {
        try (Router router = Router.launch(Routers.invoker(journal).tap(this::see))) {
            final Channel channel = router.openChannel();
            Routers.offer(channel, signal.owed(7));
            Routers.offer(channel, signal.owed(0));
            Routers.settle(router);
            assertEquals(List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L), seen);
        }
    }

    @Test
    void shouldAnswerFromTheFoldWhenAskedWhileOpenAndBehindTheClose() {
        final Router router = Router.launch(Routers.invoker(journal));
        Routers.feed(router, router.openChannel(), signal.sequence(40), 3, sequence -> { });
        final long digest = router.digest();
        assertEquals(42, router.lastSourceSequence(1));
        assertEquals(5, router.sourceNumber(1, "pbx-1"));
        router.close();
        assertEquals(digest, router.digest());
        assertEquals(1, journal.syncs());
        assertEquals(ReturnCode.CLOSED, router.poll());
        assertThrows(IllegalStateException.class, () -> router.addTap(this::see));
    }

    private void see(final DirectBuffer block, final int record) {
        seen.add(SignalLayout.sourceSequence(block, RecordLayout.eventOffset(block, record)));
    }

    private static void assertRejected(final RejectReason reason, final long code) {
        assertEquals(reason.value(), ReturnCode.rejectReason(code), ReturnCode.toString(code));
        assertEquals(-(100 + reason.value()), code);
    }
}

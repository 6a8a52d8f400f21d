package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.LegSeenEncoder;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.codecs.sbe.SourceHelloEncoder;
import io.strowger.codecs.sbe.SourceRejectDecoder;
import io.strowger.codecs.sbe.YesNo;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.fixture.Spin;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.pipeline.JournalTime;
import io.strowger.router.record.Outcome;
import io.strowger.router.record.RecordCursor;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.ReturnCode;
import io.strowger.router.status.RouterCounter;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a channel refuses is in the journal: by itself, or counted, and never more than so often a second.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RejectRecordsTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final MemoryJournal journal = new MemoryJournal();
    private final AtomicLong clockNs = new AtomicLong(Long.MAX_VALUE - SECOND_NS / 2);
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);
    private final LegSeenEncoder leg = new LegSeenEncoder();
    private long sequence;

    @Test
    void shouldJournalWhatWasRefusedInItsPlaceWithReasonAndBytes() {
        final long digest;
        try (Router router = launch(ThreadingMode.INVOKER)) {
            final Channel channel = router.openChannel();
            assertEquals(1, channel.offer(buffer, 0, hello()));
            assertEquals(2, channel.offer(buffer, 0, seen("u101")));
            final int length = seen("u102");
            assertEquals(ReturnCode.rejected(RejectReason.TRAILING_BYTES.value()), channel.offer(buffer, 0, length + 1));
            assertEquals(3, channel.offer(buffer, 0, seen("u103")));
            Routers.settle(router);
            digest = router.digest();
            assertEquals(3, router.lastSourceSequence(1));
            assertEquals(2, router.lastRejectedSequence(1));

            final Reject reject = rejects().get(0);
            assertEquals(new Reject(3, RejectReason.TRAILING_BYTES, 1, 2, 1, length + 1, RejectReason.TRAILING_BYTES.value()), reject);
            assertEquals(4, router.lastSequence());
        }
        try (Router again = launch(ThreadingMode.INVOKER)) {
            assertEquals(digest, again.digest());
        }
    }

    @Test
    void shouldKeepOnlyTheFirstBytesAndNoNumberOfBytesThatAreTooFew() {
        try (Router router = launch(ThreadingMode.INVOKER)) {
            final Channel channel = router.openChannel();
            hello();
            channel.offer(buffer, 0, 27);
            channel.offer(buffer, 0, 0);
            channel.offer(buffer, 0, -5);
            channel.offer(buffer, 0, 4000);
            channel.offer(buffer, 0, 1000);
            channel.offer(buffer, 4090, 4000);
            Routers.settle(router);
            assertEquals(List.of(
                new Reject(1, RejectReason.TOO_SHORT, 0, Long.MIN_VALUE, 1, 27, 1),
                new Reject(2, RejectReason.TOO_SHORT, 0, Long.MIN_VALUE, 1, 0, 1),
                new Reject(3, RejectReason.TOO_SHORT, 0, Long.MIN_VALUE, 1, 0, 1),
                new Reject(4, RejectReason.TOO_LONG, 1, 0, 1, 256, 2),
                new Reject(5, RejectReason.TRAILING_BYTES, 1, 0, 1, 256, 8),
                new Reject(6, RejectReason.TOO_LONG, 0, Long.MIN_VALUE, 1, 6, 2)), rejects());
            assertEquals(6, router.counters().get(RouterCounter.REJECTED));
        }
    }

    @Test
    void shouldGiveAHundredRecordsASecondAndOneThatCountsTheRest() {
        try (Router router = launch(ThreadingMode.INVOKER)) {
            final Channel channel = router.openChannel();
            final int length = seen("u101") - 1;
            flood(router, channel, length, 250);
            assertEquals(100, rejects().size(), "the second is not over");
            clockNs.addAndGet(SECOND_NS - 1);
            flood(router, channel, length, 50);
            assertEquals(100, rejects().size());
            clockNs.addAndGet(1);
            Routers.settle(router);
            assertEquals(new Reject(101, RejectReason.NULL_VAL, 1, Long.MIN_VALUE, 200, 0, 0), rejects().get(100));
            assertEquals(101, rejects().size());
            flood(router, channel, length, 120);
            assertEquals(201, rejects().size());
        }
        assertEquals(202, rejects().size(), "the end tells of the rest");
        assertEquals(20, rejects().get(201).count());
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldTellOfEachRefusedSignalInAnyModeWhenFlooded(final ThreadingMode mode) {
        final Router router = launch(mode);
        final Channel channel = router.openChannel();
        final int length = seen("u101") - 1;
        for (int answered = 0; answered < 20_000; ) {
            if (ReturnCode.rejectReason(channel.offer(buffer, 0, length)) > 0) {
                answered++;
                clockNs.addAndGet(0 == answered % 500 ? SECOND_NS / 3 : 0);
            } else if (ThreadingMode.INVOKER == mode) {
                router.poll();
            } else {
                Spin.once();
            }
        }
        router.close();
        assertNull(router.failure());
        assertEquals(20_000, rejects().stream().mapToLong(Reject::count).sum());
        assertTrue(rejects().size() <= 101 * (20_000 / 500 / 3 + 2), "records: " + rejects().size());
        try (Router again = launch(ThreadingMode.INVOKER)) {
            assertEquals(router.digest(), again.digest());
        }
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"SHARED", "SPLIT"})
    void shouldTellOfWhatWasAnsweredWhenTheRouterIsClosedMeanwhile(final ThreadingMode mode) throws InterruptedException {
        for (int round = 0; round < 30; round++) {
            final MemoryJournal own = new MemoryJournal();
            final Router router = Router.launch(context(own, mode));
            final Channel channel = router.openChannel();
            final int length = seen("u101") - 1;
            final AtomicLong answered = new AtomicLong();
            final Thread offering = new Thread(() -> {
                long code = 0;
                while (ReturnCode.CLOSED != code) {
                    code = channel.offer(buffer, 0, length);
                    answered.addAndGet(ReturnCode.rejectReason(code) > 0 ? 1 : 0);
                }
            });
            offering.start();
            while (answered.get() < 120) {
                Spin.once();
            }
            router.close();
            offering.join();
            assertNull(router.failure());
            final long told = rejects(own).stream().mapToLong(Reject::count).sum();
            // the last offer was refused while the router closed: answered closed, told or not
            assertTrue(told == answered.get() || told == answered.get() + 1, "round " + round + ": " + told + " of " + answered.get());
        }
    }

    @Test
    void shouldCountWhatTheChannelHasNoRoomFor() {
        final Router router = launch(ThreadingMode.INVOKER);
        final Channel channel = router.openChannel();
        final int length = SignalLayout.HEADER_LENGTH + SignalLayout.COMMON_BLOCK_LENGTH;
        seen("u101");
        int refused = 0;
        while (ReturnCode.BACK_PRESSURED != channel.offer(buffer, 0, length)) {
            refused++;
        }
        assertTrue(refused > 3, "refused " + refused);
        router.close();
        assertTrue(rejects().size() < refused, rejects().toString());
        assertEquals(refused, rejects().stream().mapToLong(Reject::count).sum());
        assertEquals(refused, router.counters().get(RouterCounter.REJECTED));
    }

    @Test
    void shouldAnswerBackPressuredInPlaceOfCountingWhenEveryRefusalIsToHaveItsRecord() {
        final Router router = Router.launch(context(journal, ThreadingMode.INVOKER)
            .rejectRecordsPerSecond(RouterConfiguration.ALL_REJECTS));
        final Channel channel = router.openChannel();
        final int length = seen("u101") - 1;
        int refused = 0;
        while (refused < 500) {
            final long code = channel.offer(buffer, 0, length);
            if (ReturnCode.BACK_PRESSURED == code) {
                router.poll();
            } else {
                refused++;
            }
        }
        router.close();
        assertEquals(500, rejects().size());
        assertTrue(rejects().stream().allMatch(reject -> 1 == reject.count()));
    }

    @Test
    void shouldGiveABoundedNumberOfRecordsWhenTheSourceNumberIsAnything() {
        try (Router router = launch(ThreadingMode.INVOKER)) {
            final Channel channel = router.openChannel();
            final int length = seen("u101") - 1;
            for (int i = 0; i < 5_000; i++) {
                buffer.putInt(SignalLayout.SOURCE_OFFSET, 7 * i, ByteOrder.LITTLE_ENDIAN);
                channel.offer(buffer, 0, length);
                router.poll();
            }
        }
        assertEquals(15 + 100 + 1, rejects().size());
        assertEquals(5_000, rejects().stream().mapToLong(Reject::count).sum());
        assertEquals(0, rejects().get(115).source());
    }

    private void flood(final Router router, final Channel channel, final int length, final int count) {
        for (int i = 0; i < count; i++) {
            channel.offer(buffer, 0, length);
            Routers.settle(router);
        }
    }

    private Router launch(final ThreadingMode mode) {
        return Router.launch(context(journal, mode));
    }

    private RouterContext context(final MemoryJournal own, final ThreadingMode mode) {
        return new RouterContext().journal(own).threadingMode(mode).journalTime(JournalTime.SOURCE).nanoClock(clockNs::get)
            .ringCapacity(16).channelCapacityBytes(16 * 1024).blockSizeLimit(4096).sessionCapacity(64).userCapacity(64).groupCapacity(8)
            .sourceCapacity(8);
    }

    private int hello() {
        final SourceHelloEncoder hello = new SourceHelloEncoder();
        hello.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).sourceSequence(sequence++).sourceTime(SECOND_NS).source(1).tenant(1)
            .connection(0).epochKnown(YesNo.YES).sourceName("pbx-1").dialect("sbe").epoch("").coveredBy("");
        return MessageHeaderEncoder.ENCODED_LENGTH + hello.encodedLength();
    }

    private int seen(final String nativeId) {
        leg.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).sourceSequence(sequence++).sourceTime(SECOND_NS).source(1).tenant(1)
            .direction(Direction.NULL_VAL);
        leg.nativeId(nativeId).callId(nativeId).device("").user("101").number("").name("").remoteParty("").remoteName("").dialled("")
            .linkedTo("");
        return MessageHeaderEncoder.ENCODED_LENGTH + leg.encodedLength();
    }

    private List<Reject> rejects() {
        return rejects(journal);
    }

    private static List<Reject> rejects(final MemoryJournal of) {
        final List<Reject> rejects = new ArrayList<>();
        for (int block = 0; block < of.blockCount(); block++) {
            final RecordCursor records = new RecordCursor().wrap(of.block(block), 0);
            while (records.next()) {
                final int signal = records.record() + RecordLayout.SIGNAL_OFFSET;
                if (SourceRejectDecoder.TEMPLATE_ID == SignalLayout.templateId(of.block(block), signal)) {
                    assertEquals(Outcome.REJECTED.code(), RecordLayout.outcome(of.block(block), records.record()));
                    final SourceRejectDecoder reject = new SourceRejectDecoder()
                        .wrapAndApplyHeader(of.block(block), signal, new MessageHeaderDecoder());
                    reject.skipText();
                    rejects.add(new Reject(records.sequence(), reject.reason(), reject.source(), reject.rejected(), reject.count(),
                        reject.bytesLength(), RecordLayout.reason(of.block(block), records.record())));
                }
            }
        }
        return rejects;
    }

    private record Reject(long sequence, RejectReason reason, int source, long rejected, int count, int bytesLength, int recordReason) {
    }
}

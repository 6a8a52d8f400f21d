package io.strowger.router.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ActionKind;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.LogInEncoder;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.codecs.sbe.TransferKind;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.fixture.DiskJournal;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.fixture.Spin;
import io.strowger.router.journal.Durability;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.ReturnCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * From an application through the router to a call router's bytes, and back.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RouterActionsTest {
    private static final String LEG = "1795624246.41";
    private static final long SECOND_NS = 1_000_000_000L;

    private long nowNs = 1_795_624_150_000_000_000L;
    private MemoryJournal journal = new MemoryJournal();
    private Router router = launch();
    private final Pbx pbx = new Pbx("pbx-1", 1, () -> nowNs).connect(router);
    private final ActionClient crm = router.openActions(ActionGrant.of("crm", 1));

    @AfterEach
    void close() {
        router.close();
        assertEquals(null, router.failure());
    }

    @Test
    void shouldBecomeACommandAndTellItsOutcomeToTheAskerAndToSubscribersOfTheSession() {
        final Subscription calls = router.subscribe(Filter.ofTenant(1).withUser("101"));
        pbx.leg(LEG, "101");
        settle();
        assertEquals(1, crm.hangUp("k1", LEG, null, 17));
        assertEquals(0, pbx.carry());
        settle();
        assertEquals(1, pbx.carry());
        assertTrue(pbx.commands.get(0).contains(LEG), pbx.commands.get(0));
        assertEquals(List.of("1 k1 ACCEPTED"), DeskRig.poll(crm));
        pbx.reply(0, true, "Channel Hungup");
        settle();
        assertEquals(List.of("1 k1 DONE " + LEG), DeskRig.poll(crm));
        final List<EventType> types = new ArrayList<>();
        calls.poll((block, record) -> types.add(type(block, record)), 10);
        assertEquals(List.of(EventType.CALL_INITIATED, EventType.ACTION_RESULT), types);
        pbx.reply(0, false, "once more");
        settle();
        assertEquals(List.of(), DeskRig.poll(crm));
    }

    @Test
    void shouldTellSentAndTheLegOfACallThatIsGenerated() {
        pbx.leg(LEG, "101");
        settle();
        crm.generateCall("k1", "101", "102", "CRM");
        settle();
        pbx.carry();
        pbx.reply(0, true, "Originate successfully queued");
        settle();
        assertEquals(List.of("1 k1 ACCEPTED", "1 k1 SENT"), DeskRig.poll(crm));
        pbx.say("Event: OriginateResponse\r\nActionID: " + pbx.id(0) + "\r\nResponse: Failure\r\nReason: 5\r\nUniqueid: <unknown>\r\n\r\n");
        settle();
        final List<String> end = DeskRig.poll(crm);
        assertTrue(end.size() == 1 && end.get(0).startsWith("1 k1 FAILED"), end.toString());
    }

    @Test
    void shouldTellWhyTheConnectionRefusesAnAction() {
        pbx.leg(LEG, "101");
        settle();
        crm.transferCall("k1", LEG, null, "102; rm", TransferKind.BLIND);
        settle();
        assertEquals(1, pbx.carry());
        settle();
        assertEquals(List.of("1 k1 ACCEPTED", "1 k1 FAILED " + LEG + " bad character: number"), DeskRig.poll(crm));
        assertEquals(List.of(), pbx.commands);
    }

    @Test
    void shouldDenyWhatTheGrantDoesNotHaveAndTellNothingOfOtherTenants() {
        new Pbx("pbx-2", 2, () -> nowNs).connect(router).leg("theirs", "101");
        pbx.leg(LEG, "101").leg("ours", "201");
        settle();
        final ActionClient board = router.openActions(ActionGrant.of("board", 1).withActions(ActionKind.HANG_UP).withUsers("2*"));
        board.hangUp("k1", LEG, null, -1);
        board.hangUp("k2", "theirs", null, -1);
        board.hangUp("k3", "nobody's", null, -1);
        board.stopRecording("k4", "ours");
        board.hangUp("k5", "ours", null, -1);
        settle();
        assertEquals(List.of("1 k1 FAILED " + LEG + " not allowed", "2 k2 FAILED theirs no such session",
            "3 k3 FAILED nobody's no such session", "4 k4 FAILED ours not allowed", "5 k5 ACCEPTED"), DeskRig.poll(board));
        assertEquals(1, pbx.carry());
        assertTrue(router.revokeActions(board.grant()));
        settle();
        board.hangUp("k6", "ours", null, -1);
        settle();
        assertEquals(List.of("6 k6 FAILED ours not allowed"), DeskRig.poll(board));
    }

    @Test
    void shouldJournalAGrantOnlyWhenItDiffers() {
        settle();
        final long before = router.lastSequence();
        router.openActions(ActionGrant.of("crm", 1)).close();
        settle();
        assertEquals(before, router.lastSequence());
        router.openActions(ActionGrant.of("crm", 1).withUsers("1*"));
        settle();
        assertEquals(before + 1, router.lastSequence());
    }

    @Test
    void shouldKeepTwoTenantsWithTheSameClientIdAndKeyApart() {
        final Pbx theirs = new Pbx("pbx-1", 2, () -> nowNs).connect(router).leg("theirs", "101");
        pbx.leg(LEG, "101");
        final ActionClient other = router.openActions(ActionGrant.of("crm", 2));
        settle();
        crm.hangUp("k1", LEG, null, -1);
        other.hangUp("k1", "theirs", null, -1);
        settle();
        pbx.carry();
        theirs.carry();
        assertEquals(1, pbx.commands.size());
        assertEquals(1, theirs.commands.size());
        theirs.reply(0, true, "");
        settle();
        assertEquals(List.of("1 k1 ACCEPTED"), DeskRig.poll(crm));
        assertEquals(List.of("1 k1 ACCEPTED", "1 k1 DONE theirs"), DeskRig.poll(other));
    }

    @Test
    void shouldAnswerARepeatBehindARestartAndNeverSendItAgain() {
        pbx.leg(LEG, "101").leg("other", "102");
        settle();
        crm.hangUp("done", LEG, null, -1);
        crm.hangUp("pending", "other", null, -1);
        settle();
        pbx.carry();
        pbx.reply(0, true, "");
        settle();
        assertEquals(List.of("1 done ACCEPTED", "2 pending ACCEPTED", "1 done DONE " + LEG), DeskRig.poll(crm));
        router.close();
        assertEquals(ReturnCode.CLOSED, crm.hangUp("late", LEG, null, -1));
        assertEquals(ReturnCode.CLOSED, crm.poll(answer -> { }, 1));
        final long digest = router.digest();

        journal = journal.reopened();
        router = launch();
        assertEquals(digest, router.digest());
        final ActionClient again = router.openActions(ActionGrant.of("crm", 1));
        pbx.connect(router);
        settle();
        again.hangUp("done", LEG, null, -1);
        again.hangUp("pending", "other", null, -1);
        settle();
        assertEquals(List.of("1 done DONE " + LEG, "2 pending UNKNOWN other source went down"), DeskRig.poll(again));
        assertEquals(0, pbx.carry());
        assertEquals(2, pbx.commands.size());
    }

    @Test
    void shouldEndWhatIsPendingAsUnknownWhenTheConnectionIsLost() {
        pbx.leg(LEG, "101");
        settle();
        crm.hangUp("k1", LEG, null, -1);
        settle();
        pbx.carry();
        pbx.disconnect();
        settle();
        assertEquals(List.of("1 k1 ACCEPTED", "1 k1 UNKNOWN " + LEG + " source went down"), DeskRig.poll(crm));
        crm.hangUp("k2", LEG, null, -1);
        settle();
        assertEquals(List.of("2 k2 FAILED " + LEG + " source is down"), DeskRig.poll(crm));
        pbx.connect(router);
        crm.hangUp("k1", LEG, null, -1);
        settle();
        assertEquals(List.of("3 k1 UNKNOWN " + LEG + " source went down"), DeskRig.poll(crm));
        assertEquals(0, pbx.carry());
    }

    @Test
    void shouldEndAtTheDeadlineWhatNobodyAnswers() {
        pbx.leg(LEG, "101");
        settle();
        crm.timeoutMs(5_000).hangUp("k1", LEG, null, -1);
        settle();
        pbx.carry();
        nowNs += 6 * SECOND_NS;
        settle();
        assertEquals(List.of("1 k1 ACCEPTED", "1 k1 TIMED_OUT " + LEG + " no result before the deadline"), DeskRig.poll(crm));
        pbx.reply(0, true, "too late");
        settle();
        assertEquals(List.of(), DeskRig.poll(crm));
    }

    @Test
    void shouldEndAtOnceWhatTheOutletHasNoRoomFor() {
        pbx.leg(LEG, "101");
        settle();
        final ActionClient fast = router.openActions(ActionGrant.of("fast", 1).withWindow(300));
        for (int i = 0; i < 300; i++) {
            assertEquals(i + 1, fast.sendSms("k" + i, "101", "102", "x".repeat(1_000)));
            router.poll();
        }
        settle();
        final int carried = carryAll();
        final List<String> answers = DeskRig.poll(fast);
        final long failed = answers.stream().filter(line -> line.endsWith("FAILED  source takes no actions")).count();
        assertEquals(300, answers.stream().filter(line -> line.endsWith("ACCEPTED")).count());
        assertTrue(failed > 100 && carried > 50, failed + " and " + carried);
        assertEquals(300, failed + carried);
    }

    @Test
    void shouldLetActionsInThroughTheHandleOfAClientOnly() {
        final UnsafeBuffer action = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
        final ActionDraft draft = new ActionDraft(ActionGrant.of("crm", 1), "crm".getBytes(StandardCharsets.US_ASCII));
        draft.begin(LogInEncoder.TEMPLATE_ID, LogInEncoder.BLOCK_LENGTH).key("k").text("101")
            .text(null).text(null).end(nowNs, nowNs + SECOND_NS);
        action.putBytes(0, draft.buffer(), 0, draft.length());
        final long refused = ReturnCode.rejected(RejectReason.NOT_ALLOWED.value());
        final Channel everything = router.openChannel((buffer, offset, length) -> 0);
        assertEquals(refused, everything.offer(action, 0, draft.length()));
        assertEquals(refused, router.openChannel().offer(action, 0, draft.length()));
        draft.grant(ActionGrant.of("crm", 1), nowNs);
        assertEquals(refused, everything.offer(draft.buffer(), 0, draft.length()));
    }

    @Test
    void shouldSendNothingBeforeItIsOnTheDiskWhenOnlyThatIsVisible() {
        router.close();
        final DiskJournal disk = new DiskJournal(new MemoryJournal());
        final CountDownLatch release = new CountDownLatch(1);
        final AtomicBoolean isHeld = new AtomicBoolean();
        router = Router.launch(new RouterContext().journal(disk).epochNanoClock(() -> nowNs).threadingMode(ThreadingMode.SHARED)
            .durability(Durability.DURABLE).visibility(Durability.DURABLE));
        pbx.connect(router).leg(LEG, "101");
        final ActionClient client = router.openActions(ActionGrant.of("crm", 1));
        Spin.until(() -> router.durableSequence() == router.lastSequence() && router.lastSequence() >= 3);
        disk.beside(() -> {
            isHeld.set(true);
            await(release);
        });
        client.hangUp("k1", LEG, null, -1);
        Spin.until(isHeld::get);
        Spin.until(() -> router.lastSequence() > router.durableSequence());
        for (int i = 0; i < 1_000; i++) {
            assertEquals(0, pbx.carry());
            assertEquals(List.of(), DeskRig.poll(client));
        }
        release.countDown();
        Spin.until(() -> pbx.carry() > 0);
        pbx.reply(0, true, "");
        final List<String> lines = new ArrayList<>();
        Spin.until(() -> {
            lines.addAll(DeskRig.poll(client));
            return 2 == lines.size();
        });
        assertEquals(List.of("1 k1 ACCEPTED", "1 k1 DONE " + LEG), lines);
    }

    @Test
    void shouldAnswerEachAskOfManyThreadsOnce() throws InterruptedException {
        router.close();
        router = Router.launch(new RouterContext().journal(new MemoryJournal()).threadingMode(ThreadingMode.SPLIT));
        final Pbx wall = new Pbx("pbx-1", 1, () -> System.currentTimeMillis() * 1_000_000L).connect(router).leg(LEG, "101");
        final AtomicBoolean isOver = new AtomicBoolean();
        final Thread source = new Thread(() -> {
            int replied = 0;
            while (!isOver.get()) {
                wall.carry();
                for (; replied < wall.commands.size(); replied++) {
                    wall.reply(replied, true, "");
                }
                Thread.yield();
            }
        });
        final List<String> faults = new ArrayList<>();
        source.setUncaughtExceptionHandler((thread, thrown) -> faults.add(thrown.toString()));
        final Thread[] clients = new Thread[2];
        final int[] ended = new int[clients.length];
        for (int i = 0; i < clients.length; i++) {
            final int number = i;
            final ActionClient client = router.openActions(ActionGrant.of("crm", 1).withWindow(16));
            clients[i] = new Thread(() -> ended[number] = askMany(client, 500));
        }
        Spin.until(() -> router.lastSequence() >= 3);
        source.start();
        for (final Thread client : clients) {
            client.start();
        }
        for (final Thread client : clients) {
            client.join();
        }
        isOver.set(true);
        source.join();
        assertEquals(List.of(), faults);
        assertEquals(List.of(500, 500), List.of(ended[0], ended[1]));
        assertEquals(500, wall.commands.size(), "each key once, though two have asked with it");
    }

    @Test
    void shouldGiveEachConnectionsCommandsIdsOfTheirOwn() {
        pbx.leg(LEG, "101");
        settle();
        crm.hangUp("k1", LEG, null, -1);
        settle();
        pbx.carry();
        pbx.disconnect();
        nowNs += SECOND_NS;
        pbx.connect(router).leg(LEG, "101");
        settle();
        crm.hangUp("k2", LEG, null, -1);
        settle();
        pbx.carry();
        assertNotEquals(pbx.id(0), pbx.id(1));
    }

    /** Returns how many of its asks have ended as done. */
    private static int askMany(final ActionClient client, final int count) {
        final int[] done = new int[1];
        int asked = 0;
        while (client.pending() > 0 || asked < count) {
            if (asked < count && client.hangUp("k" + asked, LEG, null, -1) > 0) {
                asked++;
            }
            client.poll(answer -> done[0] += ActionStatus.DONE == answer.status() ? 1 : 0, 16);
            Thread.yield();
        }
        return done[0];
    }

    private int carryAll() {
        int all = 0;
        int count = pbx.carry();
        while (count > 0) {
            all += count;
            count = pbx.carry();
        }
        return all;
    }

    private Router launch() {
        return Router.launch(new RouterContext().journal(journal).epochNanoClock(() -> nowNs).threadingMode(ThreadingMode.INVOKER));
    }

    private void settle() {
        Pbx.settle(router);
    }

    private static EventType type(final org.agrona.DirectBuffer block, final int record) {
        final int event = RecordLayout.eventOffset(block, record);
        return EventType.get((short)(block.getByte(event + SignalLayout.HEADER_LENGTH
            + EventDecoder.eventTypeEncodingOffset()) & 0xFF));
    }

    private static void await(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}

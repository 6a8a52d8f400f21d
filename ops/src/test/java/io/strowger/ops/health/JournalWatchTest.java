package io.strowger.ops.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.captures.Capture;
import io.strowger.ops.health.Readiness.Trouble;
import io.strowger.ops.log.Heard;
import io.strowger.ops.node.CapturedFacts;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.pipeline.Channel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalWatchTest {
    private static final long MIB = 1 << 20;
    private static final long RESERVE = 160 * MIB;

    @TempDir
    private Path folder;

    private final Room room = new Room();
    private RefusingJournal journal;
    private Router router;
    private Channel channel;
    private List<UnsafeBuffer> facts;
    private int offered;
    private volatile long nowMs;

    @BeforeEach
    void launch() {
        facts = CapturedFacts.of(folder.resolve("captures"), List.of(new Capture("02-busy")));
        journal = new RefusingJournal(ChronicleJournal.open(new ChronicleJournalContext().directory(folder.resolve("journal"))));
        router = Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.INVOKER).ringCapacity(64));
        channel = router.openChannel();
    }

    @AfterEach
    void close() {
        journal.refuse(false);
        router.close();
        journal.close();
    }

    @Test
    void shouldSayOnceThatTheDiskIsFullAndOnceThatItIsNotAnyMore() {
        try (Heard heard = Heard.all(); JournalWatch watch = new JournalWatch(router, room, RESERVE, () -> nowMs)) {
            assertTrue(watch.readiness().isReady());
            journal.refuse(true);
            offer();
            look(watch, 1_000);
            final String full = "the disk of the journal is full: 102400 MiB free, and 160 MiB of it are left alone";
            assertEquals(new Readiness(Trouble.DISK_FULL, full, null), watch.readiness());
            room.free = RESERVE;
            offer();
            look(watch, 2_000);
            room.free = RESERVE + MIB;
            look(watch, 3_000);
            assertFalse(watch.readiness().isReady(), "a megabyte is soon full again");
            journal.refuse(false);
            room.free = 100_000 * MIB;
            offer();
            look(watch, 9_500);
            assertTrue(watch.readiness().isReady());
            assertEquals(List.of("ERROR not ready: " + full, "INFO ready again after 8 s"), heard.lines());
        }
    }

    @Test
    void shouldNotBeReadyOnAFullDiskAlsoWhereNothingComes() {
        room.free = RESERVE;
        try (JournalWatch watch = new JournalWatch(router, room, RESERVE, () -> nowMs)) {
            assertEquals(Trouble.DISK_FULL, watch.readiness().trouble());
        }
    }

    @Test
    void shouldNotBeReadyWhenSignalsFindNoRoomForLong() {
        try (JournalWatch watch = new JournalWatch(router, room, RESERVE, () -> nowMs)) {
            offer();
            look(watch, 1_000);
            for (long nowMs = 2_000; nowMs <= 1_000 + JournalWatch.STUCK_MS; nowMs += 1_000) {
                fillTheChannel();
                assertTrue(watch.readiness().isReady());
                look(watch, nowMs);
            }
            assertEquals(Trouble.STUCK, watch.readiness().trouble(), "as if the core waited for its disk");
            turn();
            look(watch, 20_000);
            assertTrue(watch.readiness().isReady());
        }
    }

    @Test
    void shouldWarnWhileLittleSpaceIsLeft() {
        try (Heard heard = Heard.all(); JournalWatch watch = new JournalWatch(router, room, RESERVE, () -> nowMs)) {
            room.free = RESERVE + room.total / 20 - MIB;
            look(watch, 1_000);
            final String little = "little space on the disk of the journal: 10239 MiB left to it";
            assertEquals(new Readiness(Trouble.NONE, null, little), watch.readiness());
            room.free = RESERVE + room.total / 20 + MIB;
            look(watch, 2_000);
            assertTrue(null != watch.readiness().warning(), "hardly more");
            room.free = 100_000 * MIB;
            look(watch, 3_000);
            assertNull(watch.readiness().warning());
            assertEquals(List.of("WARNING " + little, "INFO enough space on the disk of the journal again: 99840 MiB"), heard.lines());
        }
    }

    @Test
    void shouldWarnTenMinutesBeforeTheDiskIsFullAtThePresentRate() {
        room.total = 1;
        try (JournalWatch watch = new JournalWatch(router, room, RESERVE, () -> nowMs)) {
            offer();
            look(watch, 1);
            assertTrue(watch.bytesPerSecond() > 100, "a block within a millisecond");
            room.free = RESERVE + (long)(500 * watch.bytesPerSecond());
            look(watch, 2);
            assertTrue(watch.readiness().warning().matches(".* MiB left to it, 5\\d\\d s at the present rate"),
                watch.readiness().warning());
        }
    }

    @Test
    void shouldSayWhyWhenTheRouterIsClosed() {
        try (JournalWatch watch = new JournalWatch(router, room, RESERVE, () -> nowMs)) {
            router.close();
            assertEquals(new Readiness(Trouble.CLOSED, "the router is closed", null), watch.readiness());
        }
    }

    @Test
    void shouldNotBeReadyWhileTheDiskHangsAndSayItOnce() throws Exception {
        try (Heard heard = Heard.all(); JournalWatch watch = new JournalWatch(router, room, RESERVE, () -> nowMs)) {
            room.hanging = new CountDownLatch(1);
            final Thread hangs = new Thread(watch::tryToLook, "hangs");
            hangs.start();
            assertTrue(room.asked.await(20, TimeUnit.SECONDS));
            nowMs = JournalWatch.SILENT_MS - 1;
            watch.tellSilence();
            assertTrue(watch.readiness().isReady());
            nowMs = JournalWatch.SILENT_MS;
            watch.tellSilence();
            watch.tellSilence();
            final String reason = "the disk of the journal has not been looked at for 10 s: it hangs, or can't be asked";
            assertEquals(new Readiness(Trouble.UNSEEN, reason, null), watch.readiness());
            room.hanging.countDown();
            hangs.join(20_000);
            look(watch, JournalWatch.SILENT_MS + 1);
            watch.tellSilence();
            assertTrue(watch.readiness().isReady());
            assertEquals(List.of("ERROR not ready: " + reason, "INFO the disk of the journal is looked at again"), heard.lines());
        }
    }

    @Test
    void shouldGoOnLookingWhenALookEndsInAFaultAndSayThatOnce() {
        try (Heard heard = Heard.all(); JournalWatch watch = new JournalWatch(router, room, RESERVE, () -> nowMs)) {
            room.fault = new IllegalStateException("/secret/path is gone");
            for (int second = 1; second <= 10; second++) {
                look(watch, second * 1_000L);
            }
            assertEquals(Trouble.UNSEEN, watch.readiness().trouble());
            room.fault = null;
            look(watch, 11_000);
            assertTrue(watch.readiness().isReady());
            assertEquals(List.of("ERROR the watch of the journal can't look: java.lang.IllegalStateException: /secret/path is gone",
                "INFO the watch of the journal looks again"), heard.lines());
        }
    }

    @Test
    void shouldLookAgainOnItsOwnThreadBehindAFault() throws Exception {
        try (JournalWatch watch = new JournalWatch(router, room, RESERVE, () -> nowMs)) {
            room.fault = new OutOfMemoryError("as if");
            room.looks = new CountDownLatch(2);
            watch.start();
            assertTrue(room.looks.await(20, TimeUnit.SECONDS), "one fault, and another look");
        }
    }

    private void look(final JournalWatch watch, final long atMs) {
        nowMs = atMs;
        watch.tryToLook();
    }

    private void offer() {
        final UnsafeBuffer fact = facts.get(offered++);
        assertTrue(channel.offer(fact, 0, fact.capacity()) > 0);
        turn();
    }

    private void turn() {
        for (int turns = 0; turns < 20; turns++) {
            assertTrue(router.poll() >= 0);
        }
    }

    private void fillTheChannel() {
        final UnsafeBuffer fact = facts.get(facts.size() - 1);
        long taken = 1;
        while (taken > 0) {
            taken = channel.offer(fact, 0, fact.capacity());
        }
    }

    /** A disk of 200 GiB. */
    private static final class Room implements JournalSpace {
        private long free = 102_400 * MIB;
        private long total = 204_800 * MIB;
        private final CountDownLatch asked = new CountDownLatch(1);
        private volatile CountDownLatch hanging;
        private volatile CountDownLatch looks;
        private volatile Throwable fault;

        @Override
        public long freeBytes() {
            if (null != looks) {
                looks.countDown();
            }
            if (null != hanging) {
                asked.countDown();
                await();
            }
            if (fault instanceof Error error) {
                throw error;
            }
            if (fault instanceof RuntimeException failed) {
                throw failed;
            }
            return free;
        }

        private void await() {
            try {
                assertTrue(hanging.await(20, TimeUnit.SECONDS));
            } catch (final InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public long totalBytes() {
            return total;
        }
    }
}

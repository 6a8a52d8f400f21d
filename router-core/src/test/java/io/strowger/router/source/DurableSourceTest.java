package io.strowger.router.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.StatusReport;
import io.strowger.router.fixture.DiskJournal;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.journal.Durability;
import io.strowger.router.pipeline.JournalTime;
import io.strowger.router.pipeline.SourceProgress;
import io.strowger.router.record.RecordCursor;
import io.strowger.router.record.RecordLayout;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.agrona.DirectBuffer;

/** A source is acknowledged, and welcomed, only as far as its signals are on the disk. */
class DurableSourceTest {
    private static final int TENANT = 3;

    @Example
    void shouldAcknowledgeAsDurableOnlyWhatIsOnTheDisk() {
        final Life life = new Life(new MemoryJournal(), 1);
        final Peer peer = life.connect();
        life.send(3);
        life.disk.beside(() -> {
            assertEquals(4, life.router.lastSequence());
            life.pollConnection();
            assertEquals(0, peer.acks, "it is not on the disk");
        });
        life.router.poll();
        life.disk.beside(() -> { });
        life.settle();
        assertNull(life.router.failure());
        assertEquals(3, peer.acknowledged);
    }

    @Example
    void shouldWelcomeASourceWithNoMoreThanWhatIsOnTheDisk() {
        final Life life = new Life(new MemoryJournal(), 1);
        life.connect();
        life.send(3);
        final Peer[] second = new Peer[1];
        life.disk.beside(() -> {
            life.disk.beside(() -> { });
            second[0] = life.connect();
            life.pollConnection();
            assertEquals(Long.MIN_VALUE, second[0].welcome, "what it has is not on the disk");
            assertEquals(0, second[0].credit);
        });
        life.router.poll();
        assertNull(life.router.failure());
        life.pollConnection();
        assertEquals(3, second[0].welcome);
        assertTrue(second[0].credit > 0);
    }

    @Example
    void shouldAcknowledgeNothingWhenTheSyncFails() {
        final Life life = new Life(new MemoryJournal(), 1);
        final Peer peer = life.connect();
        life.settle();
        life.send(3);
        life.disk.memory().failSync(new IllegalStateException("Input/output error"));
        life.settle();
        assertTrue(life.router.isClosed());
        assertEquals(0, peer.acks);
        final Life next = life.afterCut();
        final Peer again = next.connect();
        next.settle();
        assertEquals(next.journaled(), Math.max(again.welcome, again.acknowledged));
    }

    @Example
    void shouldGiveAStatusOfNoMoreThanWhatIsVisible() {
        final Life life = new Life(new MemoryJournal(), 1);
        life.connect();
        life.send(3);
        life.disk.beside(() -> {
            assertEquals(4, life.router.lastSequence());
            assertEquals(1, life.status());
        });
        life.router.poll();
        assertNull(life.router.failure());
        assertEquals(4, life.status());
    }

    @Property(tries = 60)
    void shouldKeepWhatWasAcknowledgedAndShownWhenThePowerGoes(@ForAll final long seed) {
        run(seed, 60);
    }

    @Property(tries = 1_000)
    @Tag("slow")
    void shouldKeepWhatWasAcknowledgedAndShownWhenThePowerGoesOften(@ForAll final long seed) {
        run(seed, 200);
    }

    private static void run(final long seed, final int steps) {
        Life life = new Life(new MemoryJournal(), seed);
        life.connect();
        for (int step = 0; step < steps; step++) {
            life.step();
            if (0 == life.random.nextInt(15)) {
                life = life.afterCut();
                life.connect();
            }
        }
        life.disk.beside(() -> { });
        life.settle();
        life.send(1);
        life.settle();
        assertEquals(life.sent, life.peer.acknowledged, "seed " + seed);
        life.router.close();
    }

    /** A router from its launch to the cut, with one source and one tap. */
    private static final class Life {
        private final long seed;
        private final Random random;
        private final DiskJournal disk;
        private final Router router;
        /** Hash of each event shown, in this life and in those before, by its sequence. */
        private final Map<Long, Integer> shown;
        private Peer peer;
        private SourceConnection connection;
        private boolean hasSent;
        private long sent;
        private long acknowledged;

        Life(final MemoryJournal journal, final long seed) {
            this(journal, seed, new Random(seed), new HashMap<>(), SourceProgress.NONE);
        }

        private Life(final MemoryJournal journal, final long seed, final Random random, final Map<Long, Integer> shown,
                     final long acknowledged) {
            this.seed = seed;
            this.random = random;
            this.shown = shown;
            this.acknowledged = acknowledged;
            disk = new DiskJournal(journal);
            checkShown(journal);
            router = Router.launch(new RouterContext().journal(disk).threadingMode(ThreadingMode.INVOKER).journalTime(JournalTime.SOURCE)
                .durability(Durability.DURABLE).visibility(Durability.DURABLE).heldCapacityBytes(1 << 20)
                .sessionCapacity(20_000).userCapacity(64).groupCapacity(64).sourceCapacity(64).ringCapacity(64)
                .fatalHandler(fault -> { }).tap(this::show));
            assertTrue(journaled() >= acknowledged, "seed " + seed + ": acknowledged " + acknowledged + ", found " + journaled());
        }

        long journaled() {
            return router.lastSourceSequence(router.sourceNumber(TENANT, "gateway"));
        }

        /** Position of a status. */
        long status() {
            try (StatusReport report = router.ask(Filter.ofTenant(TENANT))) {
                assertTrue(report.isReady());
                return report.position();
            }
        }

        Peer connect() {
            peer = new Peer();
            peer.promised = Durability.DURABLE.said();
            connection = router.openSource(SourceGrant.of("gateway", TENANT), peer);
            connection.onSignal(peer.buffer, 0, peer.hello("gateway"));
            return peer;
        }

        void step() {
            disk.beside(random.nextBoolean() ? this::pollConnection : () -> { });
            switch (random.nextInt(4)) {
                case 0 -> router.poll();
                case 1 -> pollConnection();
                case 2 -> settle();
                default -> send(random.nextInt(20));
            }
        }

        /** Sends on behind what the router has; what was lost is sent again. */
        void send(final int count) {
            if (!hasSent) {
                settle();
                hasSent = true;
                sent = Math.max(0, peer.welcome);
            }
            for (int i = 0; i < count; i++) {
                sent++;
                assertEquals(1, connection.onSignal(peer.buffer, 0, peer.seen(sent, "leg" + sent)), "seed " + seed);
            }
        }

        void settle() {
            int idle = 0;
            while (idle < 3 && !router.isClosed()) {
                idle = router.poll() + pollConnection() > 0 ? 0 : idle + 1;
            }
            pollConnection();
        }

        int pollConnection() {
            final int work = connection.poll();
            acknowledged = Math.max(acknowledged, Math.max(peer.welcome, peer.acknowledged));
            return work;
        }

        /** The power goes in the middle of whatever there is, maybe of a sync. */
        Life afterCut() {
            if (!router.isClosed() && random.nextBoolean()) {
                disk.beside(() -> { });
                send(0);
                disk.beside(() -> {
                    pollConnection();
                    throw new IllegalStateException("the power has gone");
                });
                send(1 + random.nextInt(10));
                settle();
            }
            return new Life(disk.cut(random), seed, random, shown, acknowledged);
        }

        private void show(final DirectBuffer block, final int record) {
            final long sequence = RecordLayout.sequence(block, record);
            assertTrue(sequence <= disk.durable(), "seed " + seed + ": shown " + sequence + ", durable " + disk.durable());
            assertNull(shown.put(sequence, hash(block, record)), "seed " + seed + ": shown twice: " + sequence);
        }

        private void checkShown(final MemoryJournal journal) {
            final Map<Long, Integer> missing = new HashMap<>(shown);
            final RecordCursor records = new RecordCursor();
            for (int block = 0; block < journal.blockCount(); block++) {
                records.wrap(journal.block(block), 0);
                while (records.next()) {
                    final Integer hash = missing.remove(records.sequence());
                    assertTrue(null == hash || hash == hash(journal.block(block), records.record()), "seed " + seed);
                }
            }
            assertEquals(Map.of(), missing, "seed " + seed);
        }

        private static int hash(final DirectBuffer block, final int record) {
            final byte[] event = new byte[RecordLayout.eventLength(block, record)];
            block.getBytes(RecordLayout.eventOffset(block, record), event);
            return Arrays.hashCode(event);
        }
    }
}

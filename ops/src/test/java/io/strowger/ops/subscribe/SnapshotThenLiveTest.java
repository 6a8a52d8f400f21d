package io.strowger.ops.subscribe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.SourceHelloDecoder;
import io.strowger.ops.captures.Capture;
import io.strowger.ops.node.CapturedFacts;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.StatusReport;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.follower.FollowerSettings;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.pipeline.JournalTime;
import io.strowger.router.status.ReturnCode;
import io.strowger.router.status.RouterCounter;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Applications that subscribe at random moments of a full load, some of which stall: what each makes of its snapshot and its events is
 * what the router itself holds at that sequence.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class SnapshotThenLiveTest {
    private static final int SUBSCRIPTIONS = Integer.getInteger("strowger.test.subscriptions", 100);
    private static final int SOURCES = 20;
    private static final long SEED = Long.getLong("strowger.test.seed", System.nanoTime());

    @TempDir
    private Path folder;

    @Test
    void shouldHoldWhatTheRouterHoldsAtEachSequenceWheneverOneSubscribes() {
        System.out.println("SnapshotThenLiveTest: -Dstrowger.test.seed=" + SEED + " -Dstrowger.test.subscriptions=" + SUBSCRIPTIONS);
        final Random random = new Random(SEED);
        final List<UnsafeBuffer> facts = CapturedFacts.of(folder.resolve("captures"), Capture.all());
        final List<Client> clients = new ArrayList<>();
        try (ChronicleJournal journal = ChronicleJournal.open(new ChronicleJournalContext().directory(folder.resolve("journal")));
             Router router = Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.INVOKER)
                 .journalTime(JournalTime.SOURCE).subscriptionCapacity(15).windowCapacityBytes(1 << 16)
                 .follower(FollowerSettings.defaults()))) {
            final Channel channel = router.openChannel();
            int subscribed = 0;
            for (int i = 0; i < facts.size(); i++) {
                while (ReturnCode.BACK_PRESSURED == channel.offer(facts.get(i), 0, facts.get(i).capacity())) {
                    router.poll();
                }
                while (subscribed < (long)SUBSCRIPTIONS * (i + 1) / facts.size()) {
                    clients.add(new Client(router.subscribeWithSnapshot(Filter.ofTenant(1))));
                    subscribed++;
                }
                turn(router, clients, random);
            }
            while (0 != router.poll()) {
                clients.forEach(client -> client.read(100));
            }
            clients.forEach(client -> client.readAll(router));
            final ClientFold truth = truth(router);
            clients.forEach(client -> client.check(truth));
            assertNull(router.failure());
        }
        assertEquals(SUBSCRIPTIONS, clients.size());
        assertTrue(clients.stream().filter(client -> client.hasLagged).count() > SUBSCRIPTIONS / 4, "few have stalled");
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"SHARED", "SPLIT"})
    void shouldHoldWhatTheRouterHoldsWhenAllRunAtOnce(final ThreadingMode mode) throws InterruptedException {
        final List<UnsafeBuffer> facts = CapturedFacts.of(folder.resolve("captures"), Capture.all());
        try (ChronicleJournal journal = ChronicleJournal.open(new ChronicleJournalContext().directory(folder.resolve("journal")));
             Router router = Router.launch(new RouterContext().journal(journal).threadingMode(mode).journalTime(JournalTime.SOURCE)
                 .subscriptionCapacity(63).windowCapacityBytes(1 << 16).follower(FollowerSettings.defaults()))) {
            final AtomicBoolean isFed = new AtomicBoolean();
            final List<Pollers> pollers = List.of(new Pollers(router, SEED, isFed), new Pollers(router, SEED + 1, isFed));
            pollers.forEach(Thread::start);
            final Channel channel = router.openChannel();
            for (int source = 1; source <= SOURCES; source++) {
                for (final UnsafeBuffer fact : facts) {
                    offer(channel, of(fact, source));
                }
            }
            while (router.counters().get(RouterCounter.SIGNALS) < (long)SOURCES * facts.size()) {
                Thread.onSpinWait();
            }
            isFed.set(true);
            for (final Pollers poller : pollers) {
                poller.join();
                assertNull(poller.fault, () -> poller.fault + ", seed " + SEED);
            }
            final StatusReport report = router.ask(Filter.ofTenant(1));
            while (!report.isReady()) {
                Thread.onSpinWait();
            }
            final ClientFold truth = new ClientFold();
            truth.onSnapshotBegin(report.position());
            report.read(truth, Integer.MAX_VALUE);
            assertEquals(router.lastSequence(), truth.position());
            pollers.forEach(poller -> poller.clients.forEach(client -> client.check(truth)));
            assertTrue(pollers.stream().mapToInt(poller -> poller.clients.size()).sum() > 10, "few have subscribed");
        }
    }

    private static void offer(final Channel channel, final UnsafeBuffer fact) {
        while (ReturnCode.BACK_PRESSURED == channel.offer(fact, 0, fact.capacity())) {
            Thread.onSpinWait();
        }
    }

    /** The same fact of another source: its number, and in a hello the last letter of its name. */
    private static UnsafeBuffer of(final UnsafeBuffer fact, final int source) {
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[fact.capacity()]);
        copy.putBytes(0, fact, 0, fact.capacity());
        copy.putInt(SignalLayout.SOURCE_OFFSET, source, ByteOrder.LITTLE_ENDIAN);
        if (SourceHelloDecoder.TEMPLATE_ID == SignalLayout.templateId(copy, 0)) {
            copy.putByte(SignalLayout.varDataOffset(copy, 0) + Short.BYTES + 4, (byte)('A' + source));
        }
        return copy;
    }

    private static void turn(final Router router, final List<Client> clients, final Random random) {
        if (0 != random.nextInt(4)) {
            router.poll();
        }
        for (final Client client : clients) {
            if (0 == client.stall && 0 == random.nextInt(20)) {
                client.stall = random.nextInt(2_000);
            }
            client.stall = Math.max(0, client.stall - 1);
            if (0 == client.stall && 0 == random.nextInt(3)) {
                client.read(1 + random.nextInt(30));
            }
        }
        if (0 == random.nextInt(200) && !clients.isEmpty()) {
            final Client client = clients.get(random.nextInt(clients.size()));
            while (0 != router.poll()) {
                client.read(100);
            }
            client.readAll(router);
            client.check(truth(router));
        }
    }

    /** What the router itself holds behind everything that is in its journal. */
    private static ClientFold truth(final Router router) {
        final ClientFold fold = new ClientFold();
        try (StatusReport report = router.ask(Filter.ofTenant(1))) {
            while (!report.isReady()) {
                router.poll();
            }
            fold.onSnapshotBegin(report.position());
            report.read(fold, Integer.MAX_VALUE);
        }
        assertEquals(router.lastSequence(), fold.position());
        return fold;
    }

    /** Some applications on a thread, which subscribe while facts flow. */
    private static final class Pollers extends Thread {
        private final Router router;
        private final Random random;
        private final AtomicBoolean isFed;
        private final List<Client> clients = new ArrayList<>();
        private volatile Throwable fault;

        Pollers(final Router router, final long seed, final AtomicBoolean isFed) {
            this.router = router;
            this.random = new Random(seed);
            this.isFed = isFed;
        }

        @Override
        public void run() {
            try {
                while (!isFed.get()) {
                    if (clients.size() < SUBSCRIPTIONS / 4 && 0 == random.nextInt(50)) {
                        clients.add(new Client(router.subscribeWithSnapshot(Filter.ofTenant(1))));
                    }
                    if (!clients.isEmpty()) {
                        clients.get(random.nextInt(clients.size())).read(1 + random.nextInt(100));
                    }
                }
                while (clients.stream().anyMatch(client -> client.read(100) > 0 || 0 != client.subscription.lag())) {
                    Thread.onSpinWait();
                }
            } catch (final RuntimeException | Error thrown) {
                fault = thrown;
            }
        }
    }

    /** An application: its stream, and what it has made of it. */
    private static final class Client {
        private final Subscription subscription;
        private final ClientFold fold = new ClientFold();
        private boolean hasLagged;
        private int stall;

        Client(final Subscription subscription) {
            this.subscription = subscription;
        }

        int read(final int limit) {
            int count = subscription.poll(fold, limit);
            if (ReturnCode.NEEDS_CATCH_UP == count) {
                hasLagged |= fold.events() > 0;
                count = subscription.catchUp(fold, limit);
            }
            return count;
        }

        void readAll(final Router router) {
            int idle = 0;
            // the shared pass waits a while for the rings of those who stall
            while (idle < 200) {
                final int turned = router.poll();
                idle = read(100) + turned > 0 ? 0 : idle + 1;
            }
            assertFalse(subscription.isLagging());
            assertTrue(fold.isWhole(), "no whole snapshot");
        }

        void check(final ClientFold truth) {
            assertEquals(List.of(), fold.differences(truth), this::toString);
        }

        @Override
        public String toString() {
            return "at " + fold.position() + ", " + fold.events() + " events, seed " + SEED;
        }
    }
}

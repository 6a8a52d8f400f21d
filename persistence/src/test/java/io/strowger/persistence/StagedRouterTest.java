package io.strowger.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.fixture.LegSignals;
import io.strowger.router.fixture.Spin;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.record.RecordCursor;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.ReturnCode;
import io.strowger.router.status.RouterCounter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A router whose threads stage: who reads the journal, falls behind and comes back gets every event once, from blocks that were merged. */
@Timeout(120)
class StagedRouterTest {
    private static final int SIGNALS = 5_000;
    private static final int LEGS = 500;
    private static final int A_WINDOW = 5_000;
    private static final int WINDOWS = 3;
    private static final int MOST_WINDOWS = 12;

    @TempDir
    private Path directory;

    private final LegSignals legs = new LegSignals();
    private final List<Long> got = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"SHARED, false", "SHARED, true", "SPLIT, false", "SPLIT, true"})
    void shouldBringEveryEventOnceWhenThePollerStalls(final ThreadingMode mode, final boolean isCatchUpShared) {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        try (ChronicleJournal journal = ChronicleJournal.open(RouterLoop.files(directory))) {
            final Router router = Router.launch(context(journal).threadingMode(mode).sharedCatchUp(isCatchUpShared));
            final Subscription subscription = router.subscribe(Filter.ofTenant(1));
            final Channel channel = router.openChannel();
            offer(channel, legs.hello(1));
            int sent = 0;
            while (sent < SIGNALS) {
                for (int i = random.nextInt(60); i > 0 && sent < SIGNALS; i--) {
                    sent++;
                    offer(channel, seen(sent));
                }
                for (int i = random.nextInt(4); i > 0; i--) {
                    read(subscription, 1 + random.nextInt(20));
                }
            }
            router.close();
            while (ReturnCode.CLOSED != read(subscription, 20)) {
                Spin.once();
            }
            assertTrue(router.counters().get(RouterCounter.LAGGING) > 0, "never lagged, seed " + seed);
            assertTrue(router.counters().get(RouterCounter.BLOCKS) > 2L * Damaged.places(directory).size(), "nothing was merged");
        }
        assertEquals(events(), got, "seed " + seed);
        assertTrue(Damaged.verify(directory).isGood());
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"SHARED", "SPLIT"})
    void shouldAllocateNothingOnItsThreadsWhenShortBlocksAreStagedAndFlushed(final ThreadingMode mode) {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        try (ChronicleJournal journal = ChronicleJournal.open(new ChronicleJournalContext().directory(directory));
            Router router = Router.launch(RouterLoop.context(journal).threadingMode(mode))) {
            final Channel channel = router.openChannel();
            offer(channel, legs.hello(1));
            final long[] ids = Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("strowger"))
                .mapToLong(Thread::getId).toArray();
            assertTrue(ids.length > 0, "no thread of the router");
            long least = Long.MAX_VALUE;
            int sent = 0;
            // what the JIT compiler lets be allocated once, while it replaces code, is not in each window
            for (int window = 0; window < MOST_WINDOWS && (window < WINDOWS || least > 0); window++) {
                final long before = Arrays.stream(threads.getThreadAllocatedBytes(ids)).sum();
                for (int i = 0; i < A_WINDOW; i++) {
                    sent++;
                    offer(channel, seen(sent));
                    final long last = sent;
                    // it is number 1 + sent of its source: at most three wait together
                    Spin.until(() -> router.lastSourceSequence(1) >= last - 2);
                }
                least = Math.min(least, Arrays.stream(threads.getThreadAllocatedBytes(ids)).sum() - before);
            }
            assertEquals(0, least, "bytes for " + A_WINDOW + " signals");
            assertTrue(router.counters().get(RouterCounter.BLOCKS) > sent / 4, "its blocks were not short");
        }
    }

    private List<Long> events() {
        final List<Long> sequences = new ArrayList<>();
        final RecordCursor records = new RecordCursor();
        try (Journal journal = ChronicleJournal.openReadOnly(directory); JournalCursor cursor = journal.openCursor(1)) {
            int polled = 1;
            while (polled > 0) {
                polled = cursor.poll((block, offset, length) -> {
                    records.wrap(block, offset);
                    while (records.next()) {
                        if (records.hasEvent()) {
                            sequences.add(records.sequence());
                        }
                    }
                    return true;
                }, 100);
            }
        }
        return sequences;
    }

    private void offer(final Channel channel, final int length) {
        while (channel.offer(legs.buffer(), 0, length) < 0) {
            Spin.once();
        }
    }

    private int read(final Subscription subscription, final int limit) {
        final int code = subscription.poll(this::take, limit);
        return ReturnCode.NEEDS_CATCH_UP == code ? subscription.catchUp(this::take, limit) : code;
    }

    private void take(final DirectBuffer block, final int record) {
        got.add(RecordLayout.sequence(block, record));
    }

    private static RouterContext context(final ChronicleJournal journal) {
        return RouterLoop.context(journal).ringCapacity(16).channelCapacityBytes(16 * 1024).windowCapacityBytes(32 * 1024)
            .subscriptionCapacity(16);
    }

    private int seen(final int number) {
        return legs.seen(1 + number, 1 + number, "leg" + number % LEGS, number / LEGS % 2 == 0 ? "101" : "102");
    }
}

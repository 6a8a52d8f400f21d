package io.strowger.ops.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.strowger.codecs.SignalLayout;
import io.strowger.ops.captures.Capture;
import io.strowger.ops.node.CapturedFacts;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.status.RouterCounter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterMetricsTest {
    @TempDir
    private Path folder;

    @Test
    void shouldShowEveryCounterAndHowLongEventsTook() {
        final List<UnsafeBuffer> facts = CapturedFacts.of(folder.resolve("captures"), List.of(new Capture("02-busy")));
        final long lastNs = facts.stream().mapToLong(fact -> SignalLayout.sourceTime(fact, 0)).max().orElseThrow();
        final EventDelay delay = new EventDelay(() -> lastNs + 1_000_000_000);
        final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.getPrometheusRegistry().register(delay);
        try (ChronicleJournal journal = ChronicleJournal.open(new ChronicleJournalContext().directory(folder.resolve("journal")));
             Router router = Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.INVOKER).tap(delay))) {
            new RouterMetrics(router).bindTo(registry);
            final Channel channel = router.openChannel();
            facts.forEach(fact -> assertTrue(channel.offer(fact, 0, fact.capacity()) > 0));
            while (router.poll() > 0) {
                Thread.onSpinWait();
            }
            final String scraped = registry.scrape();
            assertEquals(facts.size(), value(scraped, "strowger_signals_admitted_total"));
            assertEquals(router.counters().get(RouterCounter.EVENTS), value(scraped, "strowger_event_delay_seconds_count"));
            assertEquals(router.counters().get(RouterCounter.EVENTS),
                value(scraped, "strowger_event_delay_seconds_bucket{le=\"+Inf\"}"));
            assertEquals(0, value(scraped, "strowger_event_delay_seconds_bucket{le=\"0.5\"}"), "a second after the last");
            assertEquals(router.lastSequence(), value(scraped, "strowger_journal_sequence"));
            assertEquals(1, value(scraped, "strowger_up"));
            for (final RouterCounter counter : RouterCounter.values()) {
                assertTrue(scraped.contains(" " + counter.label() + "\n"), counter.label());
            }
        }
    }

    @Test
    void shouldAllocateNothingForAnEvent() {
        final EventDelay delay = new EventDelay(() -> 2_000);
        final UnsafeBuffer block = new UnsafeBuffer(new byte[1_024]);
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                delay.onEvent(block, 0);
                delay.onBlock(block, 0, 0);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
    }

    private static long value(final String scraped, final String name) {
        return (long)Double.parseDouble(scraped.lines().filter(line -> line.startsWith(name + " ")).findFirst()
            .orElseThrow(() -> new AssertionError(name + " is not in\n" + scraped)).substring(name.length() + 1));
    }
}

package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.fixture.MemoryJournal;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A router with nothing to do sleeps.
 */
@Tag("slow")
class RouterIdleTest {
    private static final long WARM_UP_S = 2;
    private static final long MEASURED_S = 5;

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"SHARED", "SPLIT"})
    void shouldUseAtMostThreePercentOfACoreWhenNothingComes(final ThreadingMode mode) throws InterruptedException {
        try (Router router = Router.launch(new RouterContext().journal(new MemoryJournal()).threadingMode(mode))) {
            router.openChannel();
            final CountDownLatch never = new CountDownLatch(1);
            never.await(WARM_UP_S, TimeUnit.SECONDS);
            final List<Long> threads = routerThreads();
            // the catch-up pass has one of them
            assertEquals(ThreadingMode.SPLIT == mode ? 3 : 2, threads.size());
            final long cpuBefore = cpuNs(threads);
            final long before = System.nanoTime();
            never.await(MEASURED_S, TimeUnit.SECONDS);
            final double share = (double)(cpuNs(threads) - cpuBefore) / (System.nanoTime() - before);
            System.out.printf("idle %s: %.2f %% of a core%n", mode, share * 100);
            assertTrue(share <= 0.03, mode + " used " + share * 100 + " % of a core");
        }
    }

    private static List<Long> routerThreads() {
        final List<Long> ids = new ArrayList<>();
        for (final Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread instanceof DutyThread) {
                ids.add(thread.getId());
            }
        }
        return ids;
    }

    private static long cpuNs(final List<Long> threads) {
        final ThreadMXBean bean = ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (final long id : threads) {
            sum += bean.getThreadCpuTime(id);
        }
        return sum;
    }
}

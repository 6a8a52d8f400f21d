package io.strowger.bench.growth;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * The processor time of a thread of the router, by its name: the cost of a signal that others on this machine change least.
 */
final class RouterThread {
    /** The one that does everything in threading mode shared. */
    static final String ROUTER = "strowger";

    /** The one of the follower. */
    static final String FOLLOWER = "strowger-follower";

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final long id;

    /**
     * Finds it.
     *
     * @throws IllegalStateException when no thread of that name runs.
     */
    RouterThread(final String name) {
        id = Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals(name)).mapToLong(Thread::getId)
            .findFirst().orElseThrow(() -> new IllegalStateException("there is no thread " + name));
    }

    /** Nanoseconds so far. */
    long cpuNs() {
        return threads.getThreadCpuTime(id);
    }
}

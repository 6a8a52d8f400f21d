package io.strowger.bench.pipeline;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Windows of a given time, each of one contender.
 *
 * <pre>
 *   0 s       1 s       2 s                            offerNs                                     wallNs
 *   +---------+---------+--- - - ---------+------------+--------------------------+----------------+
 *   | signals are offered                              | what is under way is     | files forced   |
 *   |         ^ sample  ^ sample          ^ sample     | folded and shown         | to the disk    |
 *   +---------+---------+--- - - ---------+------------+--------------------------+----------------+
 * </pre>
 *
 * <p>A thread of its own takes the samples, so that a second in which nothing moves is seen as one.
 */
final class SustainedRun {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final DiskRoom room;

    SustainedRun(final DiskRoom room) {
        this.room = room;
    }

    /**
     * Runs a window, and checks that nothing is missing.
     *
     * @param offerNs for which signals are offered.
     * @throws DiskRoom.NoRoomException when the disk has none left.
     */
    SustainedWindow window(final SustainedContender contender, final long offerNs) {
        final SecondCurve curve = new SecondCurve();
        long offered = 0;
        final long written = WrittenBytes.now();
        final long cpu = system.getProcessCpuTime();
        final long start = System.nanoTime();
        try (Sampler sampler = new Sampler(contender, curve, start)) {
            while (offered < offerNs) {
                contender.offer();
                sampler.rethrow();
                offered = System.nanoTime() - start;
            }
        }
        curve.end(offered, contender.carried());
        contender.finish();
        final long wallNs = System.nanoTime() - start;
        final long cpuNs = system.getProcessCpuTime() - cpu;
        final long bytes = WrittenBytes.now() - written;
        contender.check();
        return new SustainedWindow(contender.name(), contender.carried(), contender.events(), bytes, offered, wallNs, cpuNs, curve);
    }

    /** Looks once a second how far the contender is, and whether the disk has room. */
    private final class Sampler implements AutoCloseable {
        private final SustainedContender contender;
        private final SecondCurve curve;
        private final long start;
        private final Thread thread = new Thread(this::sample, "sampler");
        private volatile RuntimeException failure;
        private volatile boolean isClosed;

        Sampler(final SustainedContender contender, final SecondCurve curve, final long start) {
            this.contender = contender;
            this.curve = curve;
            this.start = start;
            thread.setDaemon(true);
            thread.start();
        }

        void rethrow() {
            final RuntimeException thrown = failure;
            if (null != thrown) {
                throw thrown;
            }
        }

        private void sample() {
            // behind a pause of the machine the seconds that it took are one sample
            for (long second = 1; !isClosed; second = (System.nanoTime() - start) / SECOND_NS + 1) {
                while (!isClosed && System.nanoTime() - start < second * SECOND_NS) {
                    LockSupport.parkNanos(second * SECOND_NS - (System.nanoTime() - start));
                }
                if (!isClosed) {
                    curve.add(System.nanoTime() - start, contender.carried());
                    try {
                        room.check();
                    } catch (final RuntimeException e) {
                        failure = e;
                    }
                }
            }
        }

        @Override
        public void close() {
            isClosed = true;
            LockSupport.unpark(thread);
            try {
                thread.join();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

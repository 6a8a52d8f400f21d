package io.strowger.bench.growth;

import io.strowger.codecs.sbe.Kind;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.codecs.sbe.SnapshotItemDecoder;
import io.strowger.router.Router;
import io.strowger.router.dispatch.EventHandler;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.StatusReport;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;

/**
 * Asks for the status of one user at random, again and again, with a pause between: from the call of {@code ask} to the last item read.
 *
 * <p>One thread. It spins while it waits for the answer, as somebody would who is in a hurry.
 */
final class AskLatency implements EventHandler {
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int A_READ = 1024;

    private final Router router;
    private final int users;
    private final SplittableRandom random;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SnapshotItemDecoder item = new SnapshotItemDecoder();
    private int sessions;

    AskLatency(final Router router, final int users, final long seed) {
        this.router = router;
        this.users = users;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void onEvent(final DirectBuffer buffer, final int record) {
        throw new IllegalStateException("a status has items only");
    }

    @Override
    public void onSnapshotItem(final DirectBuffer buffer, final int offset, final int length) {
        item.wrapAndApplyHeader(buffer, offset, header);
        sessions += Kind.SESSION == item.kind() ? 1 : 0;
    }

    /**
     * Asks so many times.
     *
     * @param calls what each user has, to hold the answers against it; null while signals flow.
     * @return nanoseconds of each, sorted.
     * @throws IllegalStateException when an answer is wrong.
     */
    long[] ask(final int asks, final GrowthCalls calls) {
        final long[] nanos = new long[asks];
        for (int i = 0; i < asks; i++) {
            final int user = random.nextInt(users);
            final Filter filter = Filter.ofTenant(GrowthCalls.TENANT).withUser(GrowthCalls.userName(user));
            LockSupport.parkNanos(PAUSE_NS);
            sessions = 0;
            final long start = System.nanoTime();
            read(filter);
            nanos[i] = System.nanoTime() - start;
            if (null != calls && calls.sessionsOf(user) != sessions) {
                throw new IllegalStateException("user " + user + " has " + calls.sessionsOf(user) + " sessions, told are " + sessions);
            }
        }
        Arrays.sort(nanos);
        return nanos;
    }

    /** The value below which such a part of sorted values lies. */
    static long quantile(final long[] sorted, final double part) {
        return sorted[Math.min(sorted.length - 1, (int)(part * sorted.length))];
    }

    private void read(final Filter filter) {
        try (StatusReport report = router.ask(filter)) {
            while (!report.isReady()) {
                Thread.onSpinWait();
            }
            int count = A_READ;
            while (A_READ == count) {
                count = report.read(this, A_READ);
            }
        }
    }
}

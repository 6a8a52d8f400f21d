package io.strowger.ops.gateway;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.action.ActionFields;
import io.strowger.codecs.sbe.ActionResultEncoder;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.router.Router;
import io.strowger.router.action.ActionOutlet;
import io.strowger.router.pipeline.Channel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A source that carries out what it is told, on a thread of its own.
 */
public final class ObedientSource implements AutoCloseable {
    private static final long PAUSE_NS = 200_000;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
    private final ActionFields fields = new ActionFields();
    private final ActionResultEncoder result = new ActionResultEncoder();
    private final AtomicInteger carried = new AtomicInteger();
    private final int source;
    private final int tenant;
    private final ActionOutlet outlet;
    private final Channel channel;
    private final Thread thread;
    private volatile boolean isOver;
    private volatile long deadlineNs;
    private volatile CountDownLatch until = new CountDownLatch(0);

    /** A source that is there at once. */
    public ObedientSource(final Router router, final int source, final int tenant) {
        this.source = source;
        this.tenant = tenant;
        outlet = router.openOutlet(source);
        channel = router.openChannel();
        thread = new Thread(this::run, "obedient-source");
        thread.start();
    }

    /** Answers nothing until then. */
    public ObedientSource holdUntil(final CountDownLatch latch) {
        until = latch;
        return this;
    }

    /** How many actions have come. */
    public int carried() {
        return carried.get();
    }

    /** Of the last action that has come, in nanoseconds since 1970. */
    public long deadlineNs() {
        return deadlineNs;
    }

    @Override
    public void close() {
        isOver = true;
        try {
            thread.join();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
        outlet.close();
        channel.close();
    }

    private void run() {
        while (!isOver) {
            if (outlet.poll(this::carry, 16) <= 0) {
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
    }

    private boolean carry(final long action, final DirectBuffer signal, final int offset, final int length) {
        fields.wrap(signal, offset, length, 0);
        deadlineNs = fields.deadlineNs();
        carried.incrementAndGet();
        try {
            until.await();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
        tell(action, ActionStatus.SENT, "");
        tell(action, ActionStatus.DONE, "so it is");
        return true;
    }

    private void tell(final long action, final ActionStatus status, final String text) {
        result.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sourceSequence(ActionResultEncoder.sourceSequenceNullValue()).sourceTime(1_795_624_150_000_000_000L).source(source)
            .tenant(tenant).action(action).status(status);
        result.nativeId("").clientId("").key("").text(text);
        while (channel.offer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + result.encodedLength()) <= 0) {
            Thread.onSpinWait();
        }
    }
}

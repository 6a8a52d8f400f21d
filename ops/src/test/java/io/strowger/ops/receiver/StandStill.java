package io.strowger.ops.receiver;

import io.strowger.router.RouterContext;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** A router whose thread stands still from the next record on, until it may go on. */
final class StandStill implements UnaryOperator<RouterContext> {
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final CountDownLatch hasStopped = new CountDownLatch(1);
    private volatile boolean isOn;

    void begin() {
        isOn = true;
    }

    /** Waits until it stands. */
    void await() throws InterruptedException {
        hasStopped.await();
    }

    void end() {
        isOn = false;
        mayGoOn.countDown();
    }

    @Override
    public RouterContext apply(final RouterContext context) {
        return context.channelCapacityBytes(1 << 16).ringCapacity(64).tap((block, record) -> {
            try {
                if (isOn) {
                    hasStopped.countDown();
                    mayGoOn.await();
                }
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}

package io.strowger.ops.receiver;

import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.router.RouterContext;
import io.strowger.router.record.RecordLayout;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** A router whose thread stands still from the next event on, until it may go on; and so once more, when that is wanted. */
final class StandStill implements UnaryOperator<RouterContext> {
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final CountDownLatch mayGoOnAgain = new CountDownLatch(1);
    private final CountDownLatch hasStopped = new CountDownLatch(1);
    private final EventDecoder event = new EventDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private volatile boolean isOn;
    private volatile EventType again;

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
        mayGoOnAgain.countDown();
    }

    /** Ends, but stands still again from the next event of a type on, until {@link #end}. */
    void endUntil(final EventType type) {
        again = type;
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
                event.wrapAndApplyHeader(block, RecordLayout.eventOffset(block, record), header);
                if (null != again && again == event.eventType()) {
                    mayGoOnAgain.await();
                }
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}

package io.strowger.bench.peers;

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.strowger.bench.load.SignalPool;
import org.agrona.DirectBuffer;

/**
 * Offers all signals of a pool to a publication, each as one message.
 */
final class AeronOffers {
    private AeronOffers() {
    }

    /**
     * Offers them and waits, spinning, whenever the subscriber is behind.
     *
     * @param publication connected.
     * @param pool        its signals in order.
     * @throws IllegalStateException when the publication is closed or has lost its subscriber.
     */
    static void offer(final ExclusivePublication publication, final SignalPool pool) {
        final DirectBuffer signals = pool.buffer();
        final int count = pool.count();
        int place = 0;
        for (int i = 0; i < count; i++) {
            final int offset = pool.signal(place);
            final int length = pool.length(place);
            long position = publication.offer(signals, offset, length);
            while (position < 0) {
                if (Publication.BACK_PRESSURED != position && Publication.ADMIN_ACTION != position) {
                    throw new IllegalStateException("the publication answers " + Publication.errorString(position));
                }
                Thread.onSpinWait();
                position = publication.offer(signals, offset, length);
            }
            place = pool.next(place);
        }
    }
}

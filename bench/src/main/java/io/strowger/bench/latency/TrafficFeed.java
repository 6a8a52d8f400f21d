package io.strowger.bench.latency;

import io.strowger.bench.load.SignalPool;
import io.strowger.bench.load.Traffic;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.ami.AmiSettings;
import io.strowger.codecs.ami.AmiTranslator;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends the traffic of the captures, made anew for each message while nothing is due; the same traffic every time.
 */
abstract class TrafficFeed implements OpenLoop.Feed {
    private static final long SEED = 20_261_126L;
    private static final int POOL_BYTES = 4 << 20;

    private final SignalPool pool = new SignalPool(POOL_BYTES);
    private final Traffic traffic;

    private TrafficFeed(final Traffic traffic) {
        this.traffic = traffic;
    }

    /**
     * A feed before its first message.
     *
     * @param sessions that will be open at a time.
     * @param sink     takes the signals.
     */
    static TrafficFeed of(final LatencyCase.Input input, final int sessions, final SignalSink sink) {
        return LatencyCase.Input.FROM_BYTES == input ? new OfBytes(Traffic.ofCaptureBytes(sessions, SEED), sink)
            : new OfSignals(Traffic.ofCaptures(sessions, SEED), sink);
    }

    /**
     * Opens the sessions, as fast as it goes.
     *
     * @param nowNs    time of all of it.
     * @param receiver takes what has come, again and again.
     */
    final void preload(final long nowNs, final Runnable receiver) {
        begin(nowNs);
        while (traffic.preload(pool)) {
            int place = 0;
            for (int i = 0; i < pool.count(); i++) {
                while (!offer(pool, place, nowNs)) {
                    receiver.run();
                }
                receiver.run();
                place = pool.next(place);
            }
        }
    }

    @Override
    public final void prepare() {
        traffic.fill(pool, 1);
    }

    @Override
    public final boolean offer(final long intendedNs) {
        return offer(pool, 0, intendedNs);
    }

    /** Before everything else. */
    abstract void begin(long nowNs);

    /** Sends what stands at a place; false when it is to be sent again. */
    abstract boolean offer(SignalPool from, int place, long intendedNs);

    /** Signals, offered as they are. */
    private static final class OfSignals extends TrafficFeed {
        private final SignalSink sink;

        OfSignals(final Traffic traffic, final SignalSink sink) {
            super(traffic);
            this.sink = sink;
        }

        @Override
        void begin(final long nowNs) {
            // the traffic says hello itself
        }

        @Override
        boolean offer(final SignalPool from, final int place, final long intendedNs) {
            final int signal = from.signal(place);
            from.buffer().putLong(signal + SignalLayout.SOURCE_TIME_OFFSET, intendedNs, ByteOrder.LITTLE_ENDIAN);
            return sink.offer(from.buffer(), signal, from.length(place));
        }
    }

    /** Bytes of one AMI connection, handed to a translator as if they had arrived at their intended time. */
    private static final class OfBytes extends TrafficFeed {
        private final AmiTranslator translator = new AmiTranslator(AmiSettings.of(Traffic.SOURCE, Traffic.TENANT));
        private final SignalSink sink;
        private int done;

        OfBytes(final Traffic traffic, final SignalSink sink) {
            super(traffic);
            this.sink = sink;
        }

        @Override
        void begin(final long nowNs) {
            final UnsafeBuffer hello = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
            if (!sink.offer(hello, 0, Traffic.hello(hello, 0, nowNs))) {
                throw new IllegalStateException("no room for the very first signal");
            }
            translator.connected(0);
        }

        @Override
        boolean offer(final SignalPool from, final int place, final long intendedNs) {
            final int length = from.length(place);
            done += translator.onBytes(from.buffer(), from.signal(place) + done, length - done, intendedNs, sink);
            if (done < length) {
                return false;
            }
            done = 0;
            return true;
        }
    }
}

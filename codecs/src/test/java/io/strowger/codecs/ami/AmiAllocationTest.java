package io.strowger.codecs.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.translate.CapturedStreams;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Nothing is allocated for a block once the longest has been seen.
 */
final class AmiAllocationTest {
    private static final int WARM_UP = 30;
    private static final int PIECE = 4096;

    /** Counts facts and keeps nothing. */
    private static final class Counting implements SignalSink {
        private long count;

        @Override
        public boolean offer(final DirectBuffer buffer, final int offset, final int length) {
            count++;
            return true;
        }
    }

    @Test
    void shouldAllocateNothingOverTheCaptures() {
        final List<UnsafeBuffer> streams = new ArrayList<>();
        Ami.captures().forEach(path -> streams.add(new UnsafeBuffer(CapturedStreams.read(path))));
        final AmiTranslator translator = new AmiTranslator(Ami.SETTINGS);
        final Counting sink = new Counting();
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < WARM_UP; i++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            feed(translator, streams, sink);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(sink.count > 100_000, "facts: " + sink.count);
        assertEquals(0, least, "bytes allocated in the best of " + WARM_UP + " rounds over all captures");
    }

    private static void feed(final AmiTranslator translator, final List<UnsafeBuffer> streams, final SignalSink sink) {
        for (int i = 0; i < streams.size(); i++) {
            final UnsafeBuffer stream = streams.get(i);
            translator.connected(i);
            for (int at = 0; at < stream.capacity(); at += PIECE) {
                translator.onBytes(stream, at, Math.min(PIECE, stream.capacity() - at), Ami.ARRIVAL_NS, sink);
            }
        }
    }
}

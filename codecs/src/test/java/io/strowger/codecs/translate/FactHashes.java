package io.strowger.codecs.translate;

import io.strowger.codecs.SignalSink;
import io.strowger.codecs.Xxh64;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Remembers facts as hashes of their bytes; refuses as often as the seed says.
 */
public final class FactHashes implements SignalSink {
    private final List<Long> values = new ArrayList<>();
    private final Random refusals;

    /**
     * Without a fact yet.
     *
     * @param refusals decides which offers are refused, null for none.
     */
    public FactHashes(final Random refusals) {
        this.refusals = refusals;
    }

    /**
     * The facts of a stream that comes in pieces of one size, what is refused again.
     *
     * @param piece    in bytes, from 1.
     * @param refusals decides which offers are refused, null for none.
     */
    public static List<Long> inPieces(
        final StreamTranslator translator, final byte[] stream, final int piece, final long arrivalNs, final Random refusals) {
        final FactHashes hashes = new FactHashes(refusals);
        final UnsafeBuffer bytes = new UnsafeBuffer(stream);
        translator.connected(0);
        int at = 0;
        while (at < stream.length) {
            at += translator.onBytes(bytes, at, Math.min(piece, stream.length - at), arrivalNs, hashes);
        }
        translator.disconnected();
        return hashes.values;
    }

    /** The hashes in order. */
    public List<Long> values() {
        return values;
    }

    @Override
    public boolean offer(final DirectBuffer buffer, final int offset, final int length) {
        if (refusals != null && refusals.nextInt(3) == 0) {
            return false;
        }
        values.add(Xxh64.hash(buffer, offset, length, length));
        return true;
    }
}

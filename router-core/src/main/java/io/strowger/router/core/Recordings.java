package io.strowger.router.core;

import io.strowger.router.state.StateFormatException;
import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;
import io.strowger.router.state.TextStore;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The recordings under way. Those of one session hang together, the one started last first; each keeps its own start and its name.
 *
 * <p>A recording stands in the sessions' text store:
 *
 * <pre>
 *   0         8              12             16
 *   +---------+--------------+--------------+
 *   | since   | started      | reference    |
 *   +---------+--------------+--------------+
 *     i64, ns   before: i32,   i32, handle
 *               handle         of a text
 * </pre>
 *
 * <p>Core thread only.
 */
final class Recordings {
    /** No recording. */
    static final int NONE = TextStore.EMPTY;

    /** Most recordings of one session at a time: what its end can lead to has a bound. */
    static final int MAX = 16;

    private static final int BEFORE_OFFSET = 8;
    private static final int REFERENCE_OFFSET = 12;
    private static final int LENGTH = 16;

    private final TextStore texts;
    private final UnsafeBuffer node = new UnsafeBuffer(new byte[LENGTH]);

    Recordings(final TextStore texts) {
        this.texts = texts;
    }

    /**
     * A recording starts.
     *
     * @param reference index of its name's var-data.
     * @return false when there is no room for it.
     */
    boolean start(final Session session, final Fact fact, final int reference) {
        if (session.recordings() >= MAX) {
            return false;
        }
        final int name = texts.put(fact.buffer(), fact.textOffset(reference), fact.textLength(reference));
        if (TextStore.FULL == name) {
            return false;
        }
        return start(session, fact.sourceTimeNs(), name);
    }

    private boolean start(final Session session, final long sinceNs, final int name) {
        node.putLong(0, sinceNs, ByteOrder.LITTLE_ENDIAN);
        node.putInt(BEFORE_OFFSET, session.recording(), ByteOrder.LITTLE_ENDIAN);
        node.putInt(REFERENCE_OFFSET, name, ByteOrder.LITTLE_ENDIAN);
        final int recording = texts.put(node, 0, LENGTH);
        if (TextStore.FULL == recording) {
            texts.free(name);
            return false;
        }
        session.recording(recording);
        session.recordings(session.recordings() + 1);
        return true;
    }

    /** Whether a recording of this very name is under way. */
    boolean isUnderWay(final Session session, final Fact fact, final int reference) {
        return fact.has(reference) && NONE != named(session, fact, reference);
    }

    /**
     * Finds the recording that a stop speaks of: the one of its name, else the last one that was started without a name; a stop without a
     * name stops the last one.
     *
     * @return {@link #NONE} when there is none.
     */
    int find(final Session session, final Fact fact, final int reference) {
        if (!fact.has(reference)) {
            return session.recording();
        }
        int recording = named(session, fact, reference);
        if (NONE == recording) {
            recording = session.recording();
            while (NONE != recording && TextStore.EMPTY != reference(recording)) {
                recording = before(recording);
            }
        }
        return recording;
    }

    long sinceNs(final int recording) {
        return texts.buffer(recording).getLong(texts.offset(recording), ByteOrder.LITTLE_ENDIAN);
    }

    /** Handle of the name it was started with. */
    int reference(final int recording) {
        return texts.buffer(recording).getInt(texts.offset(recording) + REFERENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /** A recording is over. */
    void remove(final Session session, final int recording) {
        if (recording == session.recording()) {
            session.recording(before(recording));
        } else {
            int later = session.recording();
            while (recording != before(later)) {
                later = before(later);
            }
            node.putLong(0, sinceNs(later), ByteOrder.LITTLE_ENDIAN);
            node.putInt(BEFORE_OFFSET, before(recording), ByteOrder.LITTLE_ENDIAN);
            node.putInt(REFERENCE_OFFSET, reference(later), ByteOrder.LITTLE_ENDIAN);
            // of the same length, so it stays where it is
            texts.replace(later, node, 0, LENGTH);
        }
        session.recordings(session.recordings() - 1);
        texts.free(reference(recording));
        texts.free(recording);
    }

    /** Hashes a session's recordings for the digest. */
    long hash(final Session session, final long seed) {
        long hash = seed;
        for (int recording = session.recording(); NONE != recording; recording = before(recording)) {
            hash = Texts.hash(texts, reference(recording), Texts.hash(sinceNs(recording), hash));
        }
        return hash;
    }

    private int named(final Session session, final Fact fact, final int reference) {
        int recording = session.recording();
        while (NONE != recording &&
            !texts.equals(reference(recording), fact.buffer(), fact.textOffset(reference), fact.textLength(reference))) {
            recording = before(recording);
        }
        return recording;
    }

    private int before(final int recording) {
        return texts.buffer(recording).getInt(texts.offset(recording) + BEFORE_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /** Writes the recordings of a session, the one started first first. */
    void write(final StateOutput out, final Session session) {
        out.putByte(session.recordings());
        write(out, session.recording());
    }

    private void write(final StateOutput out, final int recording) {
        if (NONE != recording) {
            write(out, before(recording));
            out.putLong(sinceNs(recording));
            out.putText(texts, reference(recording));
        }
    }

    /** Reads the recordings of a session that has none. */
    void read(final StateInput in, final Session session) {
        final int count = in.getByte();
        for (int i = 0; i < count; i++) {
            final long sinceNs = in.getLong();
            if (!start(session, sinceNs, in.getText(texts))) {
                throw new StateFormatException("no room for a recording of the state");
            }
        }
    }
}

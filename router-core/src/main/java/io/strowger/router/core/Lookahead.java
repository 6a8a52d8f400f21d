package io.strowger.router.core;

import io.strowger.codecs.SignalLayout;
import io.strowger.router.state.TextStore;
import org.agrona.DirectBuffer;

/**
 * Brings what the next few signals will need into the cache before the first of them is folded.
 *
 * <p>With a million sessions nearly every look at a record is a miss of some hundred nanoseconds, and folded one by one the signals wait
 * for one miss behind the other. Here the misses of a batch are taken side by side: first the index for all, then the records, then what
 * the records point to. It only reads; what it finds may be wrong and changes nothing.
 */
final class Lookahead {
    /** Signals at a time: about as many misses as a core has in flight. */
    static final int MOST = 16;

    /** Fewer sessions than these stay in the cache anyway. */
    static final int FEW_SESSIONS = 4 * 1024;

    private final Sources sources;
    private final Sessions sessions;
    private final Calls calls;
    private final Session session;
    private final int fewSessions;
    private final int[] slots = new int[MOST];
    private int count;
    private long seen;

    /**
     * A lookahead with nothing announced.
     *
     * @param fewSessions open ones, below which it does nothing.
     */
    Lookahead(final State state, final int fewSessions) {
        this.fewSessions = fewSessions;
        sources = state.sources();
        sessions = state.sessions();
        calls = state.calls();
        session = sessions.view();
    }

    /**
     * Looks up the session of a signal in the index; beyond {@link #MOST} signals it does nothing.
     */
    void expect(final DirectBuffer signal, final int offset, final int length) {
        final int source = SignalLayout.source(signal, offset);
        final int id = SignalLayout.varDataOffset(signal, offset);
        final int end = offset + length;
        if (count == MOST || sessions.openCount() < fewSessions || !sources.isKnown(source) || id + Short.BYTES > end) {
            return;
        }
        final int idLength = Math.min(SignalLayout.textLength(signal, id), end - id - Short.BYTES);
        final int slot = sessions.probe(sources.scope(source), signal, id + Short.BYTES, idLength);
        if (slot >= 0) {
            slots[count++] = slot;
        }
    }

    /**
     * Reads the records found, and then what they point to.
     */
    void warm() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += sessions.touch(slots[i]);
        }
        final TextStore texts = sessions.texts();
        for (int i = 0; i < count; i++) {
            session.at(slots[i]);
            sum += texts.length(session.remoteParty()) + texts.length(session.remoteName());
            if (Session.NONE != session.call()) {
                sum += calls.length(session.call());
            }
        }
        count = 0;
        // kept, lest the reads be compiled away
        seen = sum;
    }

    /** A number without meaning. */
    long seen() {
        return seen;
    }
}

package io.strowger.router.core;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.BridgeDecoder;
import io.strowger.codecs.sbe.DialDecoder;
import io.strowger.codecs.sbe.LegSeenDecoder;
import io.strowger.router.state.KeyedTable;
import io.strowger.router.state.TextStore;
import org.agrona.DirectBuffer;

/**
 * Brings what the next few signals will need into the cache before the first of them is folded.
 *
 * <p>With a million sessions nearly every look at a record is a miss of some hundred nanoseconds, and folded one by one the signals wait
 * for one miss behind the other. Here the misses of a batch are taken side by side: first the index for all, then the records, then what
 * the records point to: of the session of each signal, and of the call, bridge or other session that it names. It only reads; what it finds
 * may be wrong and changes nothing.
 *
 * <pre>
 *   expect  expect  expect ... warm      apply  apply  apply ...
 *   hashes                     slots ──► next   next   next         each the slot of its signal
 * </pre>
 */
final class Lookahead {
    /** Signals at a time: about as many misses as a core has in flight. */
    static final int MOST = 16;

    /** Fewer sessions than these stay in the cache anyway. */
    static final int FEW_SESSIONS = 4 * 1024;

    private static final long NO_KEY = Long.MIN_VALUE;

    private final Sources sources;
    private final Sessions sessions;
    private final Calls calls;
    private final Bridges bridges;
    private final Session session;
    private final Fact fact = new Fact();
    private final int fewSessions;
    /** Of the native ids, each an int; what no int is stands for none. */
    private final long[] hashes = new long[MOST];
    private final long[] sequences = new long[MOST];
    private final int[] slots = new int[MOST];
    /** What else the signals name: the tables it is in, and its hashes and slots there. */
    private final KeyedTable[] named = new KeyedTable[MOST];
    private final int[] namedHashes = new int[MOST];
    private final int[] namedSlots = new int[MOST];
    private int namedCount;
    private int count;
    private int warmed;
    private int taken;
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
        bridges = state.bridges();
        session = sessions.view();
    }

    /**
     * Hashes the ids of a signal; beyond {@link #MOST} signals, and while few sessions are open, it does nothing.
     */
    void expect(final DirectBuffer signal, final int offset, final int length) {
        if (count == MOST || sessions.openCount() < fewSessions) {
            return;
        }
        final int source = SignalLayout.source(signal, offset);
        final int id = SignalLayout.varDataOffset(signal, offset);
        final int room = offset + length - id - Short.BYTES;
        final int idLength = !sources.isKnown(source) || room <= 0 ? 0 : Math.min(SignalLayout.textLength(signal, id), room);
        // what was announced before them is folded
        warmed = 0;
        sequences[count] = SignalLayout.sourceSequence(signal, offset);
        hashes[count++] = 0 == idLength ? NO_KEY
            : sessions.table().hash(sources.scope(source), signal, id + Short.BYTES, idLength);
        if (0 != idLength) {
            expectNamed(signal, offset, length, source);
        }
    }

    private void expectNamed(final DirectBuffer signal, final int offset, final int length, final int source) {
        final KeyedTable table = switch (SignalLayout.templateId(signal, offset)) {
            case LegSeenDecoder.TEMPLATE_ID -> calls.table();
            case DialDecoder.TEMPLATE_ID -> sessions.table();
            case BridgeDecoder.TEMPLATE_ID -> bridges.table();
            default -> null;
        };
        if (null == table) {
            return;
        }
        fact.wrap(signal, offset, length, 0);
        // a leg that states no call begins one that is called like it
        final int callId = fact.has(Fact.CALL_ID) ? Fact.CALL_ID : Fact.NATIVE_ID;
        final int text = LegSeenDecoder.TEMPLATE_ID == fact.templateId() ? callId : Fact.OWN;
        if (fact.has(text)) {
            named[namedCount] = table;
            namedHashes[namedCount++] = table.hash(sources.scope(source), signal, fact.textOffset(text), fact.textLength(text));
        }
    }

    /**
     * Looks up what the signals announced name, reads the records, and then what those of the sessions point to.
     */
    void warm() {
        final KeyedTable table = sessions.table();
        for (int i = 0; i < count; i++) {
            slots[i] = NO_KEY == hashes[i] ? Session.NONE : table.probe((int)hashes[i]);
        }
        for (int i = 0; i < namedCount; i++) {
            namedSlots[i] = named[i].probe(namedHashes[i]);
        }
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += Session.NONE == slots[i] ? 0 : table.touch(slots[i]);
        }
        for (int i = 0; i < namedCount; i++) {
            sum += KeyedTable.MISSING == namedSlots[i] ? 0 : named[i].touch(namedSlots[i]);
        }
        // kept, lest the reads be compiled away
        seen = sum + followSessions();
        warmed = count;
        taken = 0;
        count = 0;
        namedCount = 0;
    }

    private long followSessions() {
        long sum = 0;
        final TextStore texts = sessions.texts();
        for (int i = 0; i < count; i++) {
            if (Session.NONE != slots[i]) {
                session.at(slots[i]);
                sum += texts.length(session.remoteParty()) + texts.length(session.remoteName());
                sum += Session.NONE == session.call() ? 0 : calls.length(session.call());
            }
        }
        return sum;
    }

    /**
     * Where the session of a signal most likely stands, for one after the other of those announced; what comes between them is no matter.
     *
     * @param sequence source sequence of the signal.
     * @return {@link Session#NONE} when it is not the next of them, or has none.
     */
    int next(final long sequence) {
        return taken < warmed && sequence == sequences[taken] ? slots[taken++] : Session.NONE;
    }

    /** A number without meaning. */
    long seen() {
        return seen;
    }
}

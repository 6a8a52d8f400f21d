package io.strowger.router.core;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ContinueEncoder;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.record.Outcome;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Pays the ends that a restarted source's sessions are owed: in the order the sessions began, so many a record that none derives more
 * than 1,024.
 */
final class OwedEnds {
    /** An end gives few events; this leaves room for the last one's. */
    private static final int LAST_BEGUN = 1_024 - 300;

    private final State state;
    private final EventWriter events;
    private final Endings endings;
    private final BlockWriter out;
    private final Session session;
    private final Fact fact = new Fact();
    private final UnsafeBuffer signal = new UnsafeBuffer(new byte[64]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ContinueEncoder encoder = new ContinueEncoder();

    OwedEnds(final State state, final EventWriter events, final Endings endings, final BlockWriter out) {
        this.state = state;
        this.events = events;
        this.endings = endings;
        this.out = out;
        this.session = state.sessions().view();
    }

    void pay(final long journalTimeNs) {
        final Sources sources = state.sources();
        final int source = sources.firstOwing();
        if (0 == source) {
            return;
        }
        final long endNs = sources.endNs(state.sessions().scope(sources.firstOwed(source)));
        encoder.wrapAndApplyHeader(signal, 0, header).sourceSequence(Codes.NULL_LONG).sourceTime(endNs)
            .source(source).tenant(sources.tenant(source)).owed(sources.owedCount(source));
        final int length = SignalLayout.HEADER_LENGTH + encoder.encodedLength();
        fact.wrap(signal, 0, length);
        out.beginContinue(signal, 0, length, journalTimeNs);
        events.beginInput();
        while (Session.NONE != sources.firstOwed(source) && events.count() < LAST_BEGUN && out.hasRoom()) {
            endings.endOwed(session.at(sources.firstOwed(source)), fact);
        }
        out.endInput(Outcome.APPLIED);
    }
}

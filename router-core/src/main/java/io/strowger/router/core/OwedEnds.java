package io.strowger.router.core;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ContinueEncoder;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.record.Outcome;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Pays what an input was too large a conclusion for: the ends of a restarted source's sessions, in the order of their list, and then the
 * {@link Walks} that are owed; so much a record that nothing else waits long.
 */
final class OwedEnds {
    private final State state;
    private final EventWriter events;
    private final Endings endings;
    private final Walks walks;
    private final BlockWriter out;
    private final Session session;
    private final Fact fact = new Fact();
    private final UnsafeBuffer signal = new UnsafeBuffer(new byte[64]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ContinueEncoder encoder = new ContinueEncoder();

    OwedEnds(final State state, final EventWriter events, final Endings endings, final Walks walks, final BlockWriter out) {
        this.state = state;
        this.events = events;
        this.endings = endings;
        this.walks = walks;
        this.out = out;
        this.session = state.sessions().view();
    }

    /** Whether anything is owed. */
    boolean owes() {
        return state.sources().lists().owing() > 0 || state.snapshots().owes();
    }

    void pay(final long journalTimeNs) {
        final int source = firstOwing();
        if (0 == source) {
            return;
        }
        final SessionLists lists = state.sources().lists();
        final boolean isRestart = 0 != lists.owedCount(source);
        final Snapshots snapshots = state.snapshots();
        begin(source, isRestart ? state.sources().epochs().endNs(state.sessions().scope(lists.firstOwed(source))) :
            snapshots.timeNs(source, snapshots.current(source)), journalTimeNs);
        if (isRestart) {
            while (Session.NONE != lists.firstOwed(source) && events.count() < Walks.LAST_BEGUN && out.hasRoom()) {
                endings.endOwed(session.at(lists.firstOwed(source)), fact);
            }
        } else {
            walks.walk(source, fact);
        }
        out.endInput(Outcome.APPLIED);
    }

    private void begin(final int source, final long timeNs, final long journalTimeNs) {
        final SessionLists lists = state.sources().lists();
        encoder.wrapAndApplyHeader(signal, 0, header).sourceSequence(Codes.NULL_LONG).sourceTime(timeNs)
            .source(source).tenant(state.sources().tenant(source)).owed(lists.owedCount(source));
        final int length = SignalLayout.HEADER_LENGTH + encoder.encodedLength();
        fact.wrap(signal, 0, length, journalTimeNs);
        out.beginContinue(signal, 0, length, journalTimeNs);
        events.beginInput();
    }

    /** The source whose turn it is of those that owe anything, or 0: one with much to pay does not hold up the others. */
    private int firstOwing() {
        final int count = state.sources().count();
        for (int i = 1; owes() && i <= count; i++) {
            final int source = (state.snapshots().lastPaid() + i - 1) % count + 1;
            if (0 != state.sources().lists().owedCount(source) || state.snapshots().owes(source)) {
                state.snapshots().lastPaid(source);
                return source;
            }
        }
        return 0;
    }
}

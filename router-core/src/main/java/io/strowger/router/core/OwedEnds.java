package io.strowger.router.core;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ContinueEncoder;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.record.Outcome;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Pays what an input was too large a conclusion for: the ends of actions whose source has gone, those of a restarted source's sessions, in
 * the order of their lists, and then the {@link Walks} that are owed; so much a record that nothing else waits long. What no source owes,
 * actions whose deadline has passed, has a turn as a source has.
 */
final class OwedEnds {
    private final State state;
    private final EventWriter events;
    private final Endings endings;
    private final Walks walks;
    private final ActionFold actions;
    private final BlockWriter out;
    private final Session session;
    private final Fact fact = new Fact();
    private final UnsafeBuffer signal = new UnsafeBuffer(new byte[64]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ContinueEncoder encoder = new ContinueEncoder();

    OwedEnds(final State state, final EventWriter events, final Endings endings, final Walks walks, final ActionFold actions,
             final BlockWriter out) {
        this.state = state;
        this.events = events;
        this.endings = endings;
        this.walks = walks;
        this.actions = actions;
        this.out = out;
        this.session = state.sessions().view();
    }

    /** Whether anything is owed. */
    boolean owes() {
        return state.sources().lists().owing() > 0 || state.snapshots().owes() || actions.owes();
    }

    void pay(final long journalTimeNs) {
        if (!owes()) {
            return;
        }
        final int source = firstOwing();
        if (actions.owes(source)) {
            begin(source, actions.owedNs(source), journalTimeNs);
            actions.pay(source, fact, out);
        } else {
            paySessions(source, journalTimeNs);
        }
        out.endInput(Outcome.APPLIED);
    }

    private void paySessions(final int source, final long journalTimeNs) {
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
    }

    private void begin(final int source, final long timeNs, final long journalTimeNs) {
        final SessionLists lists = state.sources().lists();
        encoder.wrapAndApplyHeader(signal, 0, header).sourceSequence(Codes.NULL_LONG).sourceTime(timeNs)
            .source(source).tenant(state.sources().tenant(source)).owed(lists.owedCount(source) + actions.owedCount(source));
        final int length = SignalLayout.HEADER_LENGTH + encoder.encodedLength();
        fact.wrap(signal, 0, length, journalTimeNs);
        out.beginContinue(signal, 0, length, journalTimeNs);
        events.beginInput();
    }

    /** The source whose turn it is of those that owe anything, 0 for none of them: one with much to pay does not hold up the others. */
    private int firstOwing() {
        final int turns = state.sources().count() + 1;
        int source = state.snapshots().lastPaid();
        do {
            source = (source + 1) % turns;
        } while (!owes(source));
        state.snapshots().lastPaid(source);
        return source;
    }

    private boolean owes(final int source) {
        return actions.owes(source) ||
            (0 != source && (0 != state.sources().lists().owedCount(source) || state.snapshots().owes(source)));
    }
}

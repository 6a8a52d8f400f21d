package io.strowger.router.core;

import io.strowger.router.state.PagesAhead;
import io.strowger.router.state.StateFormatException;
import io.strowger.router.state.StateInput;

/**
 * Reads what {@link StateWriter} has written into a state that nothing has changed yet.
 *
 * <p>Tables that are filled for the first time give out their slots one after the other: the n-th entry read stands in slot n, so the
 * numbers in the bytes are slots.
 */
final class StateReader {
    private final State state;
    private final StateInput in;
    private final Session session;
    private final Session neighbour;

    StateReader(final State state, final StateInput in) {
        this.state = state;
        this.in = in;
        this.session = state.sessions().view();
        this.neighbour = state.sessions().view();
    }

    /**
     * Reads the whole state.
     *
     * @throws StateFormatException when it is not one, or does not fit into this state's capacities.
     */
    void read() {
        try (PagesAhead pages = new PagesAhead()) {
            state.slabs().touchAhead(pages);
            readParts();
        } finally {
            state.slabs().touchAhead(null);
        }
    }

    private void readParts() {
        in.beginPart(StatePart.SOURCES);
        readSources();
        in.beginPart(StatePart.DIRECTORY);
        state.directory().read(in);
        state.groups().read(in);
        state.memberships().read(in, state.directory().count());
        state.listedGroups().read(in);
        in.beginPart(StatePart.SESSIONS);
        readSessions();
        in.beginPart(StatePart.ENDED_SESSIONS);
        readEndedSessions();
        state.sessions().index();
        state.calls().index();
        in.beginPart(StatePart.TURNS);
        readTurns();
        in.beginPart(StatePart.ACTIONS);
        state.grants().read(in);
        state.actionLists().read(in, state.sources().count());
        state.actionTurns().read(in);
        in.end();
    }

    private void readSources() {
        final int count = in.getInt();
        for (int source = 1; source <= count; source++) {
            if (0 != in.getByte()) {
                state.sources().read(in, source);
                state.snapshots().read(in, source);
            }
        }
    }

    private void readSessions() {
        final int open = in.getInt();
        final SessionLists lists = state.sources().lists();
        for (int source = 1; source <= state.sources().count(); source++) {
            final int owed = in.getInt();
            readList(source, owed);
            lists.bury(source, neighbour);
            readList(source, in.getInt());
        }
        if (open != state.sessions().openCount()) {
            throw new StateFormatException("open sessions: " + state.sessions().openCount() + ", stated: " + open);
        }
    }

    private void readList(final int source, final int count) {
        for (int i = 0; i < count; i++) {
            int entry = in.getByte();
            while (StatePart.SESSION != entry) {
                readOther(entry);
                entry = in.getByte();
            }
            session.at(state.sessions().readOpen(in));
            final int call = in.getInt(Session.NONE, state.calls().table().size() - 1);
            session.call(Session.NONE == call ? Session.NONE : state.calls().joinAgain(call));
            final int bridge = in.getInt(Session.NONE, state.bridges().table().size() - 1);
            session.bridge(Session.NONE);
            session.nextInBridge(Session.NONE);
            if (Session.NONE != bridge) {
                state.bridges().link(session, bridge);
            }
            session.user(in.getInt(Session.NONE, state.directory().count() - 1));
            session.group(in.getInt(Session.NONE, state.groups().count() - 1));
            readFields();
            state.sources().lists().append(source, session, neighbour);
        }
    }

    private void readOther(final int entry) {
        switch (entry) {
            case StatePart.CALL -> state.calls().read(in);
            case StatePart.BRIDGE -> state.bridges().read(in);
            default -> throw new StateFormatException("no such entry: " + entry);
        }
    }

    private void readFields() {
        session.createdNs(in.getLong());
        session.establishedNs(in.getLong());
        session.talkSinceNs(in.getLong());
        session.talkNs(in.getLong());
        session.staySinceNs(in.getLong());
        session.stayEndedNs(in.getLong());
        session.armedNs(in.getLong());
        session.set(in.getInt());
        session.seen(in.getInt());
        session.staySeen(in.getByte());
        session.forks(in.getByte());
        session.media(in.getByte());
        session.direction(in.getByte());
        session.legState(in.getByte());
        session.dialStatus(in.getByte());
        session.reason(in.getByte());
        session.remoteParty(in.getText(state.sessions().texts()));
        session.remoteName(in.getText(state.sessions().texts()));
        session.device(in.getText(state.sessions().texts()));
        session.place(in.getText(state.sessions().texts()));
        state.recordings().read(in, session);
    }

    private void readEndedSessions() {
        int entry = in.getByte();
        while (StatePart.END != entry) {
            session.at(state.sessions().readEnded(in)).set(in.getInt());
            session.seen(in.getInt());
            entry = in.getByte();
        }
    }

    private void readTurns() {
        state.snapshots().lastPaid(in.getInt());
        for (int source = 1; source <= state.sources().count(); source++) {
            state.sources().lists().cursor(source, in.getInt(Session.NONE, state.sessions().table().size() - 1));
            state.snapshots().device(source, in.getInt(Session.NONE, state.directory().deviceCount() - 1));
        }
    }
}

package io.strowger.router.core;

import io.strowger.router.state.StateOutput;
import io.strowger.router.state.TableOrder;
import java.util.Arrays;
import org.agrona.collections.IntArrayList;

/**
 * Writes the whole state in canonical order: the same state gives the same bytes, however it came about.
 *
 * <pre>
 *   sources        by number, each with what is known of its lists; a gap in the numbers is one byte
 *   users          by tenant and name; devices by source, in the order they were first said
 *   groups         by tenant and name; their members in the order they came; what lists of queues have shown
 *   sessions       by source: those of dead epochs, then the living ones, in the order in which they end or time out;
 *                  a call or a bridge stands before the first session that is in it, and is a number from then on
 *   ended ones     in the order in which they will be forgotten
 *   turns          where walks over sessions and devices go on, and who was paid last
 *   actions        grants by tenant and client; actions in the order of their ends, then by source in the order they were asked for
 * </pre>
 *
 * <p>What it is read by: {@link StateReader}. Control path: allocates some bytes for each session.
 */
final class StateWriter {
    private final State state;
    private final StateOutput out;
    private final Session session;
    private final IntArrayList chain = new IntArrayList();
    private int[] userNumbers;
    private int[] groupNumbers;
    private int[] callNumbers;
    private int[] bridgeNumbers;
    private int[] sessionNumbers;
    private int calls;
    private int bridges;
    private int sessions;

    StateWriter(final State state, final StateOutput out) {
        this.state = state;
        this.out = out;
        this.session = state.sessions().view();
    }

    void write() {
        out.beginPart(StatePart.SOURCES);
        writeSources();
        out.beginPart(StatePart.DIRECTORY);
        writeDirectory();
        out.beginPart(StatePart.SESSIONS);
        writeSessions();
        out.beginPart(StatePart.ENDED_SESSIONS);
        writeEndedSessions();
        out.beginPart(StatePart.TURNS);
        writeTurns();
        out.beginPart(StatePart.ACTIONS);
        state.grants().write(out);
        state.actionLists().write(out, state.sources().count());
        state.actionTurns().write(out);
        out.end();
    }

    private void writeSources() {
        final Sources sources = state.sources();
        out.putInt(sources.count());
        for (int source = 1; source <= sources.count(); source++) {
            out.putByte(sources.isKnown(source) ? 1 : 0);
            if (sources.isKnown(source)) {
                sources.write(out, source);
                state.snapshots().write(out, source);
            }
        }
    }

    private void writeDirectory() {
        final int[] users = state.directory().sortedUsers();
        final int[] groups = state.groups().sorted();
        userNumbers = TableOrder.numbers(users);
        groupNumbers = TableOrder.numbers(groups);
        state.directory().write(out, users, userNumbers);
        state.groups().write(out, groups);
        state.memberships().write(out, groups, userNumbers);
        state.listedGroups().write(out, groupNumbers);
    }

    private void writeSessions() {
        callNumbers = unnumbered(state.calls().slots());
        bridgeNumbers = unnumbered(state.bridges().slots());
        sessionNumbers = unnumbered(state.sessions().slots());
        out.putInt(state.sessions().openCount());
        final SessionLists lists = state.sources().lists();
        for (int source = 1; source <= state.sources().count(); source++) {
            out.putInt(Math.toIntExact(lists.owedCount(source)));
            writeList(lists.firstOwed(source));
            out.putInt(Math.toIntExact(lists.count(source)));
            writeList(lists.first(source));
        }
    }

    private void writeList(final int first) {
        for (int slot = first; Session.NONE != slot; slot = session.nextOfSource()) {
            sessionNumbers[slot] = sessions++;
            session.at(slot);
            final int call = defineCall(session.call());
            final int bridge = defineBridge(session.bridge());
            out.putByte(StatePart.SESSION);
            state.sessions().writeKey(out, slot);
            out.putInt(call);
            out.putInt(bridge);
            out.putInt(Session.NONE == session.user() ? Session.NONE : userNumbers[session.user()]);
            out.putInt(Session.NONE == session.group() ? Session.NONE : groupNumbers[session.group()]);
            writeFields();
        }
    }

    private void writeFields() {
        out.putLong(session.createdNs());
        out.putLong(session.establishedNs());
        out.putLong(session.talkSinceNs());
        out.putLong(session.talkNs());
        out.putLong(session.staySinceNs());
        out.putLong(session.stayEndedNs());
        out.putLong(session.armedNs());
        out.putInt(session.flags());
        out.putInt(session.seen());
        out.putByte(session.staySeen());
        out.putByte(session.forks());
        out.putByte(session.media());
        out.putByte(session.direction());
        out.putByte(session.legState());
        out.putByte(session.dialStatus());
        out.putByte(session.reason());
        out.putText(state.sessions().texts(), session.remoteParty());
        out.putText(state.sessions().texts(), session.remoteName());
        out.putText(state.sessions().texts(), session.device());
        out.putText(state.sessions().texts(), session.place());
        state.recordings().write(out, session);
    }

    /** Writes a call when it is met for the first time, those first that it is part of. */
    private int defineCall(final int call) {
        if (Session.NONE == call || Session.NONE != callNumbers[call]) {
            return Session.NONE == call ? Session.NONE : callNumbers[call];
        }
        // chains of calls that are part of each other are as long as their sender likes: no recursion
        chain.clear();
        for (int next = call; Session.NONE != next && Session.NONE == callNumbers[next]; next = state.calls().partOf(next)) {
            chain.addInt(next);
        }
        for (int i = chain.size() - 1; i >= 0; i--) {
            final int next = chain.getInt(i);
            final int older = state.calls().partOf(next);
            out.putByte(StatePart.CALL);
            state.calls().write(out, next, Session.NONE == older ? Session.NONE : callNumbers[older]);
            callNumbers[next] = calls++;
        }
        return callNumbers[call];
    }

    private int defineBridge(final int bridge) {
        if (Session.NONE == bridge) {
            return Session.NONE;
        }
        if (Session.NONE == bridgeNumbers[bridge]) {
            out.putByte(StatePart.BRIDGE);
            state.bridges().write(out, bridge);
            bridgeNumbers[bridge] = bridges++;
        }
        return bridgeNumbers[bridge];
    }

    private void writeEndedSessions() {
        state.sessions().forEachTombstone(slot -> {
            session.at(slot);
            out.putByte(StatePart.SESSION);
            state.sessions().writeKey(out, slot);
            out.putInt(session.flags());
            out.putInt(session.seen());
        });
        out.putByte(StatePart.END);
    }

    private void writeTurns() {
        out.putInt(state.snapshots().lastPaid());
        for (int source = 1; source <= state.sources().count(); source++) {
            final int cursor = state.sources().lists().cursor(source);
            out.putInt(Session.NONE == cursor ? Session.NONE : sessionNumbers[cursor]);
            final int device = state.snapshots().device(source);
            out.putInt(Session.NONE == device ? Session.NONE : state.directory().deviceNumber(device));
        }
    }

    private static int[] unnumbered(final int slots) {
        final int[] numbers = new int[slots];
        Arrays.fill(numbers, Session.NONE);
        return numbers;
    }
}

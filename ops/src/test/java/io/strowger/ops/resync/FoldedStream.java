package io.strowger.ops.resync;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.Cause;
import io.strowger.codecs.sbe.ConnectionState;
import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.HangupAskedDecoder;
import io.strowger.codecs.sbe.HangupDecoder;
import io.strowger.codecs.sbe.LegSeenDecoder;
import io.strowger.codecs.sbe.Media;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.codecs.sbe.RenameDecoder;
import io.strowger.codecs.sbe.SourceSnapshotItemDecoder;
import io.strowger.router.core.Core;
import io.strowger.router.core.CoreSettings;
import io.strowger.router.core.SessionStatus;
import io.strowger.router.core.SourceStatus;
import io.strowger.router.core.StateVisitor;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.record.RecordLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A core that is fed facts of one source, numbered anew in the order they are fed, and which sessions have begun and ended by its events.
 */
final class FoldedStream implements StateVisitor {
    private final BlockWriter out = new BlockWriter(64 * 1024);
    private final Core core = new Core(new CoreSettings(4_096, 4_096, 1_024, 8, 7), out);
    private final Set<String> inStay = new TreeSet<>();
    private final Set<String> begun = new TreeSet<>();
    private final Set<String> told = new TreeSet<>();
    private final Set<String> seen = new TreeSet<>();
    private final List<String> astray = new ArrayList<>();
    private final Map<String, List<String>> ends = new TreeMap<>();
    private final List<SessionStatus> sessions = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();
    private long sequence;
    private long lastTimeNs;

    /** Feeds one fact and pays everything that is owed. */
    void feed(final UnsafeBuffer fact) {
        feedOwing(fact);
        pay();
    }

    /** Feeds one fact; what it owes stays owed. */
    void feedOwing(final UnsafeBuffer fact) {
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[fact.capacity()]);
        copy.putBytes(0, fact, 0, fact.capacity());
        copy.putLong(SignalLayout.SOURCE_SEQUENCE_OFFSET, ++sequence, ByteOrder.LITTLE_ENDIAN);
        see(copy);
        lastTimeNs = Math.max(lastTimeNs, SignalLayout.sourceTime(copy, 0));
        core.apply(copy, 0, copy.capacity(), lastTimeNs);
        collect();
    }

    /** Pays everything that is owed. */
    void pay() {
        while (core.owes()) {
            core.payOwed(lastTimeNs);
            collect();
        }
    }

    long lastTimeNs() {
        return lastTimeNs;
    }

    /** How many sessions are open and were told of. */
    int live() {
        return sessions().size();
    }

    /** How many sessions are open and not told of yet. */
    int silent() {
        return core.openSessions() - live();
    }

    /** Whether an event has told of a session of this id, in whatever epoch. */
    boolean hasToldOf(final String nativeId) {
        return told.contains(nativeId);
    }

    List<SessionStatus> sessions() {
        sessions.clear();
        shown.clear();
        core.visit(this);
        return List.copyOf(sessions);
    }

    /** How many sessions wait in a queue. */
    long waiting() {
        return sessions().stream().filter(session -> ConnectionState.QUEUED.value() == session.state()).count();
    }

    /** Everything a status shows that a list of the source can bring back. */
    String visible() {
        sessions();
        shown.sort(null);
        return String.join("\n", shown);
    }

    /**
     * Sessions, by epoch and id, that did not begin and end once: gone without an end, open behind one, with several or with events behind
     * it, in a stay that did not end once, or told of though no fact has shown them. A called leg that never rings is told of by its end
     * alone.
     */
    List<String> wrongEnds() {
        final Set<String> open = open();
        final List<String> wrong = new ArrayList<>(astray);
        for (final String id : begun) {
            final List<String> causes = endsOf(id);
            if (causes.size() != (open.contains(id) ? 0 : 1)) {
                wrong.add(id + (open.contains(id) ? " is open" : " is gone") + ", ended: " + causes);
            }
        }
        open.stream().filter(id -> !begun.contains(id)).forEach(id -> wrong.add(id + " is open, nobody was told"));
        return wrong;
    }

    /** The open sessions that were told of, by epoch and id. */
    Set<String> open() {
        final Set<String> open = new TreeSet<>();
        sessions().forEach(session -> open.add(id(session)));
        return open;
    }

    /** Epoch and id of a session. */
    static String id(final SessionStatus session) {
        return session.epoch() + " " + session.nativeId();
    }

    /** The causes of a session's ends. */
    List<String> endsOf(final String id) {
        return ends.getOrDefault(id, List.of());
    }

    @Override
    public void session(final SessionStatus session) {
        if (session.sourceRestarted()) {
            return;
        }
        sessions.add(session);
        shown.add("session " + session.nativeId() + " " + session.callId() + " " + session.localUser() + " " + session.remoteParty() + " "
            + session.remoteName() + " " + session.direction() + " " + ConnectionState.get((short)session.state()) + " " + session.group());
    }

    @Override
    public void user(final int tenant, final String name, final String presence) {
        if ("in".equals(presence)) {
            shown.add("user " + name + " in");
        }
    }

    @Override
    public void group(final int tenant, final String name, final int waiting, final int members) {
        if (waiting + members > 0) {
            shown.add("group " + name + " waiting " + waiting + " members " + members);
        }
    }

    @Override
    public void source(final SourceStatus source) {
        // of no matter here
    }

    private void collect() {
        final int length = out.finish();
        for (int record = BlockLayout.HEADER_LENGTH; record < length; record += RecordLayout.length(out.buffer(), record)) {
            if (0 != RecordLayout.eventLength(out.buffer(), record)) {
                final EventDecoder event = new EventDecoder().wrapAndApplyHeader(out.buffer(),
                    RecordLayout.eventOffset(out.buffer(), record), new MessageHeaderDecoder());
                final EventType type = event.eventType();
                final Cause cause = event.cause();
                final boolean isOfSession = Media.NULL_VAL != event.media();
                final String id = event.epoch() + " " + event.nativeId();
                if (isOfSession && !id.endsWith(" ") && !isItem(type)) {
                    tell(type, cause, id);
                }
            }
        }
        out.reset();
    }

    /** Things that have no session, or are told of one that may have ended long ago. */
    private static boolean isItem(final EventType type) {
        return switch (type) {
            case MESSAGE_RECEIVED, MESSAGE_SENT, SMS_RECEIVED, SMS_SENT, HISTORY_SMS_RECEIVED, HISTORY_FAX_TRANSMITTED,
                HISTORY_CHAT_TRANSCRIPT, HISTORY_SCREEN_SHARING -> true;
            default -> false;
        };
    }

    private void tell(final EventType type, final Cause cause, final String id) {
        final boolean isEnd = switch (type) {
            case CALL_CLEARED, CHAT_CLEARED, FAX_COMPLETED, FAX_FAILED, SCREEN_SHARING_ENDED -> true;
            default -> false;
        };
        if (ends.containsKey(id) && !isEnd) {
            astray.add(id + " has ended, then " + type);
        }
        if (isEnd) {
            ends.computeIfAbsent(id, absent -> new ArrayList<>()).add(cause.name());
        }
        stay(type, id);
        if (isEnd && inStay.contains(id)) {
            astray.add(id + " has ended, its stay has not");
        }
        begun.add(id);
        final String nativeId = id.substring(id.indexOf(' ') + 1);
        told.add(nativeId);
        if (!seen.contains(nativeId)) {
            astray.add(id + " was never seen, but " + type);
        }
    }

    /** A stay in a queue or a parking place begins and ends by turns; nobody can be in both. */
    private void stay(final EventType type, final String id) {
        final boolean isRight = switch (type) {
            case CALL_QUEUED, CHAT_QUEUED, CALL_PARKED -> inStay.add(id);
            case CALL_DEQUEUED, CHAT_DEQUEUED, CALL_UNPARKED -> inStay.remove(id);
            default -> true;
        };
        if (!isRight) {
            astray.add(id + " is " + (inStay.contains(id) ? "in" : "out") + " already: " + type);
        }
    }

    /** A fact that proves that its leg is there: an end does not, nor does being asked to end. */
    private void see(final UnsafeBuffer fact) {
        final int template = SignalLayout.templateId(fact, 0);
        final boolean isOfLeg = template >= LegSeenDecoder.TEMPLATE_ID && template <= RenameDecoder.TEMPLATE_ID;
        final boolean isEnd = HangupDecoder.TEMPLATE_ID == template || HangupAskedDecoder.TEMPLATE_ID == template;
        if ((isOfLeg && !isEnd) || SourceSnapshotItemDecoder.TEMPLATE_ID == template) {
            seen.add(fact.getStringWithoutLengthUtf8(SignalLayout.varDataOffset(fact, 0) + Short.BYTES,
                SignalLayout.textLength(fact, SignalLayout.varDataOffset(fact, 0))));
        }
    }
}

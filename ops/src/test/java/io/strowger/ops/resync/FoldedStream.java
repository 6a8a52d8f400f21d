package io.strowger.ops.resync;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.Cause;
import io.strowger.codecs.sbe.ConnectionState;
import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
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
    private final Set<String> begun = new TreeSet<>();
    private final Map<String, List<String>> ends = new TreeMap<>();
    private final List<SessionStatus> sessions = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();
    private long sequence;
    private long lastTimeNs;

    /** Feeds one fact and pays everything it owes. */
    void feed(final UnsafeBuffer fact) {
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[fact.capacity()]);
        copy.putBytes(0, fact, 0, fact.capacity());
        copy.putLong(SignalLayout.SOURCE_SEQUENCE_OFFSET, ++sequence, ByteOrder.LITTLE_ENDIAN);
        lastTimeNs = Math.max(lastTimeNs, SignalLayout.sourceTime(copy, 0));
        core.apply(copy, 0, copy.capacity(), lastTimeNs);
        collect();
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

    List<SessionStatus> sessions() {
        sessions.clear();
        shown.clear();
        core.visit(this);
        return List.copyOf(sessions);
    }

    /** Everything a status shows that a list of the source can bring back. */
    String visible() {
        sessions();
        shown.sort(null);
        return String.join("\n", shown);
    }

    /** Sessions, by epoch and id, that did not end once: gone without an end, open behind one, or with several. */
    List<String> wrongEnds() {
        final Set<String> open = open();
        final List<String> wrong = new ArrayList<>();
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
        sessions().forEach(session -> open.add(session.epoch() + " " + session.nativeId()));
        return open;
    }

    /** The causes of a session's ends. */
    List<String> endsOf(final String id) {
        return ends.getOrDefault(id, List.of());
    }

    @Override
    public void session(final SessionStatus session) {
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
                tell(event.eventType(), event.cause(), event.epoch() + " " + event.nativeId());
            }
        }
        out.reset();
    }

    private void tell(final EventType type, final Cause cause, final String id) {
        switch (type) {
            case CALL_CLEARED, CHAT_CLEARED, FAX_COMPLETED, FAX_FAILED, SCREEN_SHARING_ENDED -> {
                begun.add(id);
                ends.computeIfAbsent(id, absent -> new ArrayList<>()).add(cause.name());
            }
            case CALL_INITIATED, CALL_DELIVERED, CALL_ESTABLISHED, CALL_QUEUED, CALL_PARKED, CHAT_INITIATED, CHAT_QUEUED, CHAT_ESTABLISHED,
                FAX_STARTED, SCREEN_SHARING_STARTED -> begun.add(id);
            default -> { }
        }
    }
}

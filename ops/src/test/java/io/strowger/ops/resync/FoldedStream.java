package io.strowger.ops.resync;

import io.strowger.codecs.SignalLayout;
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
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A core that is fed facts of one source, numbered anew in the order they are fed, and how often each session has ended.
 */
final class FoldedStream implements StateVisitor {
    private final BlockWriter out = new BlockWriter(64 * 1024);
    private final Core core = new Core(new CoreSettings(4_096, 4_096, 1_024, 8, 7), out);
    private final Map<String, Integer> ends = new TreeMap<>();
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

    /** Sessions that ended more than once in one epoch. */
    List<String> wrongEnds() {
        final List<String> wrong = new ArrayList<>();
        ends.forEach((id, count) -> {
            if (count > 1) {
                wrong.add(id + " ended " + count + " times");
            }
        });
        return wrong;
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
                final EventType type = event.eventType();
                final String id = event.epoch() + " " + event.nativeId();
                if (EventType.CALL_CLEARED == type) {
                    ends.merge(id, 1, Integer::sum);
                }
            }
        }
        out.reset();
    }
}

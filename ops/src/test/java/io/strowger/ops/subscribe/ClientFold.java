package io.strowger.ops.subscribe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.ConnectionState;
import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.Kind;
import io.strowger.codecs.sbe.Media;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.codecs.sbe.SnapshotItemDecoder;
import io.strowger.router.dispatch.EventHandler;
import io.strowger.router.record.RecordLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.DirectBuffer;

/**
 * What an application knows that has read a snapshot and the events behind it, and nothing else.
 */
final class ClientFold implements EventHandler {
    private final Map<String, String> sessions = new TreeMap<>();
    private final Map<String, String> states = new TreeMap<>();
    private final Map<String, String> groupOf = new TreeMap<>();
    private final Set<String> usersIn = new TreeSet<>();
    private final Map<String, String> members = new TreeMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EventDecoder event = new EventDecoder();
    private final SnapshotItemDecoder item = new SnapshotItemDecoder();
    private long position = -1;
    private boolean isWhole;
    private int events;

    /** Last sequence that it has seen. */
    long position() {
        return position;
    }

    int events() {
        return events;
    }

    boolean isWhole() {
        return isWhole;
    }

    /**
     * What it knows otherwise than another, of the same sequence. Who works for a group may have been learned from a first list of the
     * queues, without an event, up to the source's next {@code source.resynchronised}, behind which groups are to be asked for again: of
     * members all that it knows must be so, and nothing must be missing but for such a list.
     */
    List<String> differences(final ClientFold truth) {
        final Set<String> lines = new TreeSet<>(known().lines().toList());
        final Set<String> right = new TreeSet<>(truth.known().lines().toList());
        final List<String> differences = new ArrayList<>();
        lines.stream().filter(line -> !right.contains(line)).forEach(line -> differences.add("it has: " + line));
        right.stream().filter(line -> !lines.contains(line) && !line.startsWith("member ")).forEach(line ->
            differences.add("it lacks: " + line));
        return differences;
    }

    /** Everything it knows. */
    private String known() {
        final StringBuilder text = new StringBuilder();
        sessions.forEach((id, shown) -> text.append("session ").append(id).append(' ').append(shown).append(' ').append(states.get(id))
            .append(' ').append(groupOf.get(id)).append('\n'));
        usersIn.forEach(user -> text.append("user ").append(user).append('\n'));
        members.forEach((member, state) -> text.append("member ").append(member).append(' ').append(state).append('\n'));
        return text.toString();
    }

    @Override
    public void onSnapshotBegin(final long at) {
        assertEquals(-1, position, "a snapshot begins a stream");
        position = at;
    }

    @Override
    public void onSnapshotItem(final DirectBuffer buffer, final int offset, final int length) {
        item.wrapAndApplyHeader(buffer, offset, header);
        assertEquals(position, item.position());
        assertTrue(!isWhole, "an item behind the end of the snapshot");
        final EventType type = item.eventType();
        final ConnectionState state = item.state();
        final Kind kind = item.kind();
        final String of = item.source() + " " + item.epoch();
        final String direction = item.direction().name();
        final String nativeId = item.nativeId();
        final String call = item.callId();
        final String user = item.localUser();
        final String remote = item.remoteParty();
        final String name = item.remoteName();
        final String group = item.group();
        if (Kind.SESSION == kind) {
            session(of + " " + nativeId, call + " " + user + " " + remote + " " + name + " " + direction, state, group);
        } else if (Kind.USER == kind) {
            presence(type, user);
        } else if (Kind.GROUP == kind) {
            member(type, group, user);
        }
    }

    @Override
    public void onSnapshotEnd(final long at) {
        assertEquals(position, at);
        isWhole = true;
    }

    @Override
    public void onEvent(final DirectBuffer buffer, final int record) {
        final long sequence = RecordLayout.sequence(buffer, record);
        assertTrue(isWhole, "an event before the end of the snapshot");
        assertTrue(sequence > position, () -> sequence + " behind " + position);
        position = sequence;
        events++;
        event.wrapAndApplyHeader(buffer, RecordLayout.eventOffset(buffer, record), header);
        final EventType type = event.eventType();
        final Media media = event.media();
        final ConnectionState state = event.state();
        final int source = event.source();
        final long epoch = event.epoch();
        final String direction = event.direction().name();
        final String nativeId = event.nativeId();
        final String call = event.callId();
        final String user = event.localUser();
        final String remote = event.remoteParty();
        final String name = event.remoteName();
        final String group = event.group();
        final String id = source + " " + epoch + " " + nativeId;
        if (EventType.SOURCE_RESTARTED == type) {
            states.replaceAll((of, before) -> of.startsWith(source + " ") ? ConnectionState.NULL_STATE.name() : before);
        } else if (isEnd(type)) {
            sessions.remove(id);
            states.remove(id);
            groupOf.remove(id);
        } else if (Media.NULL_VAL != media && !isItem(type)) {
            session(id, call + " " + user + " " + remote + " " + name + " " + direction, state, group);
        } else {
            presence(type, user);
            member(type, group, user);
        }
    }

    private void session(final String id, final String shown, final ConnectionState state, final String group) {
        sessions.put(id, shown);
        states.put(id, state.name());
        groupOf.put(id, ConnectionState.QUEUED == state ? group : "");
    }

    private void presence(final EventType type, final String user) {
        if (EventType.USER_LOGGED_IN == type) {
            usersIn.add(user);
        } else if (EventType.USER_LOGGED_OUT == type) {
            usersIn.remove(user);
        }
    }

    private void member(final EventType type, final String group, final String user) {
        switch (type) {
            case GROUP_LOGGED_IN, GROUP_READY -> members.put(group + "/" + user, "ready");
            case GROUP_NOT_READY -> members.put(group + "/" + user, "not ready");
            case GROUP_LOGGED_OUT -> members.remove(group + "/" + user);
            default -> { }
        }
    }

    private static boolean isEnd(final EventType type) {
        return switch (type) {
            case CALL_CLEARED, CHAT_CLEARED, FAX_COMPLETED, FAX_FAILED, SCREEN_SHARING_ENDED -> true;
            default -> false;
        };
    }

    /** Things that have no session. */
    private static boolean isItem(final EventType type) {
        return switch (type) {
            case MESSAGE_RECEIVED, MESSAGE_SENT, SMS_RECEIVED, SMS_SENT, HISTORY_SMS_RECEIVED, HISTORY_FAX_TRANSMITTED,
                HISTORY_CALL_RECORDED, HISTORY_CHAT_TRANSCRIPT, HISTORY_SCREEN_SHARING -> true;
            default -> false;
        };
    }
}

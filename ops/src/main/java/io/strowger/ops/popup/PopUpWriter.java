package io.strowger.ops.popup;

import io.strowger.codecs.json.SessionId;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.ops.access.ReadGrant;
import io.strowger.router.record.RecordLayout;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * Makes pop-ups of events: of calls that come in for a local user, to whom the first pop-up that is for him belongs. One thread.
 */
public final class PopUpWriter {
    /** The events that it makes something of. */
    public static final List<String> TYPES = List.of("call.delivered", "call.established", "call.cleared");

    private final List<PopUp> popUps;
    private final SessionId sessionIds = new SessionId();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EventDecoder event = new EventDecoder();

    /**
     * A writer.
     *
     * @param popUps the first one that is for a user counts.
     */
    public PopUpWriter(final List<PopUp> popUps) {
        this.popUps = List.copyOf(popUps);
    }

    /** Whether any user of a tenant is shown something. */
    public boolean isFor(final int tenant) {
        return popUps.stream().anyMatch(each -> tenant == each.tenant());
    }

    /**
     * Writes what an event means to the user who is called.
     *
     * @param grant  of who reads it: nothing is told of users that are not his.
     * @param buffer holds the record.
     * @param record its offset.
     * @return one JSON object; null when there is nothing to tell.
     */
    public String write(final ReadGrant grant, final DirectBuffer buffer, final int record) {
        event.wrapAndApplyHeader(buffer, RecordLayout.eventOffset(buffer, record), header);
        final String what = what(event.eventType());
        if (null == what || Direction.INCOMING != event.direction()) {
            return null;
        }
        final int tenant = event.tenant();
        final long epoch = event.epoch();
        final String nativeId = event.nativeId();
        final String callId = event.callId();
        final String user = event.localUser();
        final String caller = event.remoteParty();
        final String callerName = event.remoteName();
        event.skipGroup();
        final String source = event.sourceName();
        final PopUp popUp = user.isEmpty() || !grant.allowsUser(user) ? null : find(tenant, user);
        if (null == popUp) {
            return null;
        }
        final String sessionId = sessionIds.of(source.getBytes(StandardCharsets.UTF_8), epoch, nativeId.getBytes(StandardCharsets.UTF_8));
        final Map<String, String> values = new HashMap<>();
        values.put("remoteParty", caller);
        values.put("remoteName", callerName);
        values.put("localUser", user);
        values.put("callId", callId);
        values.put("sessionId", sessionId);
        values.put("tenant", Integer.toString(tenant));
        return new JsonObject().put("event", what).put("user", user).put("url", popUp.template().url(values)).put("caller", orNull(caller))
            .put("callerName", orNull(callerName)).put("callId", orNull(callId)).put("sessionId", sessionId).encode();
    }

    private PopUp find(final int tenant, final String user) {
        for (final PopUp popUp : popUps) {
            if (popUp.isFor(tenant, user)) {
                return popUp;
            }
        }
        return null;
    }

    private static String what(final EventType type) {
        return switch (type) {
            case CALL_DELIVERED -> "open";
            case CALL_ESTABLISHED -> "answered";
            case CALL_CLEARED -> "closed";
            default -> null;
        };
    }

    private static String orNull(final String text) {
        return text.isEmpty() ? null : text;
    }
}

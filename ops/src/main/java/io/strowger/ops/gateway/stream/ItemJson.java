package io.strowger.ops.gateway.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.strowger.codecs.json.JsonNames;
import io.strowger.codecs.json.Rfc3339;
import io.strowger.codecs.json.SessionId;
import io.strowger.codecs.sbe.Cause;
import io.strowger.codecs.sbe.ConnectionState;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.codecs.sbe.SnapshotItemDecoder;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * One thing that a status holds as a JSON object, with the names that the {@code status} command and events have. One thread.
 */
final class ItemJson {
    private final JsonFactory factory = new JsonFactory();
    private final SessionId sessionIds = new SessionId();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SnapshotItemDecoder item = new SnapshotItemDecoder();

    String write(final DirectBuffer buffer, final int offset) {
        item.wrapAndApplyHeader(buffer, offset, header);
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = factory.createGenerator(text)) {
            json.writeStartObject();
            write(json, Names.of(item));
            json.writeEndObject();
        } catch (final IOException e) {
            throw new UncheckedIOException("a string does not fail", e);
        }
        return text.toString();
    }

    private void write(final JsonGenerator json, final Names names) throws IOException {
        switch (item.kind()) {
            case SESSION -> session(json, names);
            case USER -> {
                begin(json, "user");
                json.writeStringField("localUser", names.localUser());
                json.writeStringField("presence", presence());
            }
            case GROUP -> group(json, names);
            case SOURCE -> {
                begin(json, "source");
                json.writeStringField("source", '/' + names.sourceName());
                json.writeStringField("state", EventType.SOURCE_UP == item.eventType() ? "up" : "down");
                json.writeBooleanField("stale", item.flags().stale());
                json.writeStringField("coveredBy", names.coveredBy().isEmpty() ? null : '/' + names.coveredBy());
            }
            default -> begin(json, "other");
        }
    }

    private void begin(final JsonGenerator json, final String kind) throws IOException {
        json.writeStringField("kind", kind);
        json.writeNumberField("tenant", item.tenant());
    }

    private void session(final JsonGenerator json, final Names names) throws IOException {
        begin(json, "session");
        json.writeStringField("source", '/' + names.sourceName());
        json.writeStringField("media", lower(item.media()));
        json.writeStringField("sessionId", sessionIds.of(names.sourceName().getBytes(StandardCharsets.UTF_8), item.epoch(),
            names.nativeId().getBytes(StandardCharsets.UTF_8)));
        json.writeStringField("nativeId", names.nativeId());
        json.writeStringField("callId", orNull(names.callId()));
        json.writeStringField("localUser", orNull(names.localUser()));
        json.writeStringField("remoteParty", orNull(names.remoteParty()));
        json.writeStringField("remoteName", orNull(names.remoteName()));
        json.writeStringField("direction", Direction.NULL_VAL == item.direction() ? null : lower(item.direction()));
        json.writeStringField("state", ConnectionState.NULL_STATE == item.state() ? "null" : lower(item.state()));
        json.writeStringField("group", orNull(names.group()));
        json.writeStringField("cause", Cause.SOURCE_RESTARTED == item.cause() ? "source-restarted" : null);
        json.writeStringField("created", Rfc3339.format(item.sourceTime()));
        json.writeStringField("established", 0 == item.since() ? null : Rfc3339.format(item.since()));
        json.writeBooleanField("inferred", item.flags().inferred());
    }

    /** A group, or one who works for it. */
    private void group(final JsonGenerator json, final Names names) throws IOException {
        final boolean isMember = !names.localUser().isEmpty();
        begin(json, isMember ? "member" : "group");
        json.writeStringField("group", names.group());
        if (isMember) {
            json.writeStringField("localUser", names.localUser());
            json.writeStringField("state", EventType.GROUP_NOT_READY == item.eventType() ? "not-ready" : "ready");
        } else {
            json.writeNumberField("waiting", item.waiting());
            json.writeNumberField("members", item.members());
        }
    }

    private String presence() {
        return switch (item.eventType()) {
            case USER_LOGGED_IN -> "in";
            case USER_LOGGED_OUT -> "out";
            default -> null;
        };
    }

    private static String orNull(final String text) {
        return text.isEmpty() ? null : text;
    }

    private static String lower(final Enum<?> value) {
        return JsonNames.kebab(value.name());
    }

    /** The texts of an item, read in their order. */
    private record Names(String nativeId, String callId, String localUser, String remoteParty, String remoteName, String group,
                         String sourceName, String coveredBy) {
        static Names of(final SnapshotItemDecoder item) {
            return new Names(item.nativeId(), item.callId(), item.localUser(), item.remoteParty(), item.remoteName(), item.group(),
                item.sourceName(), item.coveredBy());
        }
    }
}

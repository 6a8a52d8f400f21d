package io.strowger.ops.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.strowger.codecs.json.JsonNames;
import io.strowger.codecs.json.Rfc3339;
import io.strowger.codecs.json.SessionId;
import io.strowger.codecs.sbe.ConnectionState;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.Media;
import io.strowger.router.core.SessionStatus;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A status as JSON, one object a line: sessions, users, groups, sources, and last the position. Field names are those of events.
 */
public final class StatusJson {
    private final JsonFactory factory = new JsonFactory();
    private final SessionId sessionIds = new SessionId();
    private final PrintStream out;

    /**
     * A writer.
     *
     * @param out takes the lines; not flushed.
     */
    public StatusJson(final PrintStream out) {
        this.out = out;
    }

    /**
     * Writes everything.
     *
     * @param position of the state.
     */
    public void write(final StatusSnapshot status, final long position) {
        status.sessions().forEach(session -> line("session", json -> session(json, session)));
        status.users().forEach(user -> line("user", json -> {
            json.writeNumberField("tenant", user.tenant());
            json.writeStringField("localUser", user.name());
            json.writeStringField("presence", user.presence());
        }));
        status.groups().forEach(group -> line("group", json -> {
            json.writeNumberField("tenant", group.tenant());
            json.writeStringField("group", group.name());
            json.writeNumberField("waiting", group.waiting());
            json.writeNumberField("members", group.members());
        }));
        status.sources().forEach(source -> line("source", json -> {
            json.writeNumberField("tenant", source.tenant());
            json.writeStringField("source", "/" + source.name());
            json.writeStringField("state", source.up() ? "up" : "down");
            json.writeBooleanField("stale", source.stale());
            json.writeStringField("coveredBy", null == source.coveredBy() ? null : "/" + source.coveredBy());
        }));
        line("position", json -> json.writeNumberField("sequence", position));
    }

    private void session(final JsonGenerator json, final SessionStatus session) throws IOException {
        json.writeNumberField("tenant", session.tenant());
        json.writeStringField("source", "/" + session.source());
        json.writeStringField("media", JsonNames.kebab(Media.get((short)session.media()).name()));
        json.writeStringField("sessionId", sessionIds.of(session.source().getBytes(StandardCharsets.UTF_8), session.epoch(),
            session.nativeId().getBytes(StandardCharsets.UTF_8)));
        json.writeStringField("nativeId", session.nativeId());
        json.writeStringField("callId", session.callId());
        json.writeStringField("localUser", session.localUser());
        json.writeStringField("remoteParty", session.remoteParty());
        json.writeStringField("remoteName", session.remoteName());
        json.writeStringField("direction", direction(session));
        json.writeStringField("state", state(session));
        json.writeStringField("group", session.group());
        json.writeStringField("cause", session.sourceRestarted() ? "source-restarted" : null);
        json.writeStringField("created", Rfc3339.format(session.createdNs()));
        json.writeStringField("established", 0 == session.establishedNs() ? null : Rfc3339.format(session.establishedNs()));
        json.writeBooleanField("inferred", session.inferred());
    }

    /** The CSTA state for people and JSON. */
    static String state(final SessionStatus session) {
        final ConnectionState state = ConnectionState.get((short)session.state());
        return ConnectionState.NULL_STATE == state || session.sourceRestarted() ? "null" : JsonNames.kebab(state.name());
    }

    /** The direction, null when not known. */
    static String direction(final SessionStatus session) {
        return switch (Direction.get((short)session.direction())) {
            case INCOMING -> "incoming";
            case OUTGOING -> "outgoing";
            default -> null;
        };
    }

    private void line(final String kind, final Fields fields) {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = factory.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("kind", kind);
            fields.write(json);
            json.writeEndObject();
        } catch (final IOException e) {
            throw new UncheckedIOException("a string does not fail", e);
        }
        out.println(text);
    }

    /** The fields of one line. */
    @FunctionalInterface
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }
}

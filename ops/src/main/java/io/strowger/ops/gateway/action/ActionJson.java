package io.strowger.ops.gateway.action;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.action.ActionFields;
import io.strowger.codecs.json.JsonSignalException;
import io.strowger.codecs.json.SignalJson;
import io.strowger.codecs.sbe.GenerateCallDecoder;
import io.strowger.ops.act.ActionForm;
import io.strowger.ops.gateway.web.JsonText;
import io.strowger.ops.gateway.web.Problem;
import io.strowger.router.action.ActionGrant;
import io.vertx.core.json.JsonObject;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads actions as applications write them into signals. One thread, one at a time.
 *
 * <pre>
 *   {"key":"ticket-7","action":"hang-up","nativeId":"1795624246.41","causeCode":16}
 * </pre>
 */
final class ActionJson {
    private static final String DEADLINE = "deadline";
    private static final String TIMEOUT = "timeoutMs";
    private static final String CAUSE = "causeCode";
    private static final Set<String> OF_ALL = Set.of("key", "action", DEADLINE, TIMEOUT);
    /** In place of a time that would say in SBE that there is none: it has passed as well. */
    private static final long PASSED_NS = 1;
    private static final int DEADLINE_OFFSET = SignalLayout.HEADER_LENGTH + GenerateCallDecoder.deadlineEncodingOffset();
    private static final String DATA = "data.";

    private final Map<String, ActionForm> forms =
        ActionForm.all().stream().collect(Collectors.toMap(ActionForm::action, Function.identity()));
    private final EpochNanoClock clock;
    private final SignalJson signals = new SignalJson();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
    private String key;
    private String action;
    private int length;

    /**
     * Reads nothing yet.
     *
     * @param clock of deadlines, nanoseconds since 1970.
     */
    ActionJson(final EpochNanoClock clock) {
        this.clock = clock;
    }

    /**
     * Reads one.
     *
     * @throws Problem that names what is wrong.
     */
    void read(final String text) {
        final JsonObject json = JsonText.parse(text);
        action = string(json, "action");
        key = string(json, "key");
        final ActionForm form = forms.get(action);
        if (null == form) {
            throw Problem.badRequest("action is one of " + String.join(", ", forms.keySet().stream().sorted().toList()));
        }
        final int keyLength = key.getBytes(StandardCharsets.UTF_8).length;
        if (0 == keyLength || keyLength > ActionGrant.MAX_NAME_LENGTH) {
            throw Problem.badRequest("key is missing, or longer than " + ActionGrant.MAX_NAME_LENGTH
                + " bytes: it names the action, so that it is never done twice");
        }
        final long timeoutMs = timeoutMs(json);
        final JsonObject data = new JsonObject();
        for (final Map.Entry<String, Object> member : json) {
            final String name = member.getKey();
            if (!OF_ALL.contains(name) && form.fields().stream().noneMatch(field -> field.name().equals(name))) {
                throw Problem.badRequest(action + " has no field " + name.replaceAll("\\p{Cntrl}", "?"));
            }
            if (CAUSE.equals(name)) {
                checkCause(member.getValue());
            }
            if (!"action".equals(name) && !TIMEOUT.equals(name)) {
                data.put(name, member.getValue());
            }
        }
        write(new JsonObject().put("specversion", "1.0").put("type", "signal." + action).put("data", data));
        end(timeoutMs, json.containsKey(DEADLINE));
    }

    /** What is no number at all is told with the other fields. */
    private static void checkCause(final Object stated) {
        if (stated instanceof Number cause && (cause.longValue() < 0 || cause.longValue() > ActionFields.MAX_CAUSE)) {
            throw Problem.badRequest(CAUSE + ": not from 0 to " + ActionFields.MAX_CAUSE);
        }
    }

    /** 0 where none is stated. */
    private static long timeoutMs(final JsonObject json) {
        if (!json.containsKey(TIMEOUT)) {
            return 0;
        }
        final Object stated = json.getValue(TIMEOUT);
        final long milliseconds = stated instanceof Integer || stated instanceof Long ? ((Number)stated).longValue() : 0;
        if (milliseconds < 1 || milliseconds > ActionGrant.LONGEST_TIMEOUT_MS) {
            throw Problem.badRequest(TIMEOUT + " is a whole number from 1 to " + ActionGrant.LONGEST_TIMEOUT_MS);
        }
        if (json.containsKey(DEADLINE)) {
            throw Problem.badRequest("deadline or timeoutMs, not both");
        }
        return milliseconds;
    }

    /** Time from now on is by the clock here, whatever the asker's says. */
    private void end(final long timeoutMs, final boolean hasDeadline) {
        if (timeoutMs > 0) {
            buffer.putLong(DEADLINE_OFFSET, clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs), ByteOrder.LITTLE_ENDIAN);
        } else if (hasDeadline && !ActionFields.isStated(buffer.getLong(DEADLINE_OFFSET, ByteOrder.LITTLE_ENDIAN))) {
            buffer.putLong(DEADLINE_OFFSET, PASSED_NS, ByteOrder.LITTLE_ENDIAN);
        }
    }

    private void write(final JsonObject signal) {
        final byte[] bytes = signal.encode().getBytes(StandardCharsets.UTF_8);
        try {
            length = signals.read(bytes, 0, bytes.length, buffer, 0);
        } catch (final JsonSignalException e) {
            final String path = e.path().startsWith(DATA) ? e.path().substring(DATA.length()) : e.path();
            throw Problem.badRequest(path + ": " + e.reason().replace(e.path() + ": ", ""));
        }
    }

    String key() {
        return key;
    }

    String action() {
        return action;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    private static String string(final JsonObject json, final String name) {
        return json.getValue(name) instanceof String text ? text : "";
    }
}

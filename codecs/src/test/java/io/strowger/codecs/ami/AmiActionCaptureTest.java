package io.strowger.codecs.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.action.ActionLimits;
import io.strowger.codecs.action.Actions;
import io.strowger.codecs.action.ResultLog;
import io.strowger.codecs.ami.AmiActionSettings.Membership;
import io.strowger.codecs.translate.CapturedStreams;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Requests and replies of real Asterisk servers, in both directions: a request that we can write has the headers that the real one had, and
 * the replies to it give the right states.
 */
final class AmiActionCaptureTest {
    /** Headers that say the same in another way, or that we leave to the server: a channel by name is one by Uniqueid to us. */
    private static final Set<String> OURS = Set.of("ActionID", "Channel", "File", "Timeout", "Parkinglot", "ChannelId");

    /** The actions of the captures that we can write, what was answered, and how they ended. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "08-ami-redirect | a2 | 1 DONE",
        "15-queue-agents | a2 | 1 DONE",
        "15-queue-agents | a3 | 1 FAILED Unable to add interface: Already there",
        "15-queue-agents | a4 | 1 DONE",
        "15-queue-agents | a8 | 1 DONE",
        "15-queue-agents | a9 | 1 FAILED Unable to remove interface: Not there",
        "15-queue-agents | a10 | 1 FAILED Interface not found",
        "17-recording | a2 | 1 DONE",
        "17-recording | a5 | 1 DONE",
        "17-recording | a6 | 1 FAILED Could not stop monitoring channel",
        "22-ami-actions | a20 | 1 FAILED No such channel",
        "22-ami-actions | a21 | 1 FAILED Channel does not exist: nope",
        "22-ami-actions | a23 | 1 FAILED No such channel",
        "22-ami-actions | a24 | 1 FAILED Unable to add interface to queue: No such queue",
        "22-ami-actions | a25 | 1 FAILED Channel does not exist: nope",
        "22b-ami-auth/readonly | a3 | 1 FAILED Permission denied",
        "23-originate | a2 | 1 SENT; 1 DONE",
        "23-originate | a3 | 1 SENT; 1 FAILED call failed, reason 0",
        "23-originate | a4 | 1 SENT; 1 FAILED call failed, reason 0",
        "35-ami-park-bridge-hangup | a2 | 1 DONE",
        "35-ami-park-bridge-hangup | a3 | 1 DONE"})
    void shouldWriteWhatTheServerTookAndReadWhatItSaid(final String capture, final String id, final String results) {
        final Map<String, String> real = request(capture, id);
        final AmiActionSettings settings = AmiCommands.settings(ActionLimits.of(3, 7))
            .membership("QueuePause".equals(real.get("Action")) ? Membership.STATIC : Membership.DYNAMIC);
        final AmiActions connection = new AmiActions(settings, ResultLog.NOW_NS);
        connection.connected();
        final byte[] command = action(real).command(connection, 1);
        final Map<String, String> ours = AmiCommands.parse(new String(command, StandardCharsets.UTF_8));
        for (final Map.Entry<String, String> header : ours.entrySet()) {
            final String wanted = real.get(header.getKey());
            assertTrue(wanted != null || OURS.contains(header.getKey()) || real.get("Action").equals("Originate"), header.toString());
            if (wanted != null && !OURS.contains(header.getKey())) {
                assertEquals(wanted, header.getValue(), header.getKey());
            }
        }
        assertEquals(List.of(results.split("; ", -1)), replies(connection, capture, id, ours.get("ActionID")).lines());
        assertEquals(0, connection.unmatchedCount() - (capture.startsWith("22-") ? 1 : 0), "only the Ping without an id");
    }

    @ParameterizedTest
    @CsvSource({"37-lists-in-burst", "22-ami-actions", "22b-ami-auth/md5", "22b-ami-auth/before-login", "22b-ami-auth/filtered",
        "22b-ami-auth/login-events-off", "22b-ami-auth/wrong-secret", "22b-ami-auth/unknown-user", "08-ami-redirect/lean"})
    void shouldJoinNothingOfOtherRequests(final String capture) {
        final AmiActions connection = new AmiActions(AmiCommands.settings(ActionLimits.of(3, 7)), ResultLog.NOW_NS);
        connection.connected();
        Actions.full("GenerateCall").command(connection, 1);
        Actions.full("HangUp").command(connection, 2);
        assertEquals(List.of(), replies(connection, capture, "none", "none").lines());
        assertEquals(2, connection.pendingCount());
    }

    private static ResultLog replies(final AmiActions connection, final String capture, final String id, final String ours) {
        final byte[] raw = CapturedStreams.read(CapturedStreams.folder("asterisk").resolve(capture).resolve("rx.raw"));
        final byte[] said = new String(raw, StandardCharsets.ISO_8859_1).replace("ActionID: " + id + "\r\n", "ActionID: " + ours + "\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
        final UnsafeBuffer bytes = new UnsafeBuffer(said);
        final ResultLog log = new ResultLog();
        for (int at = 0; at < said.length; at += 1_000) {
            connection.onBytes(bytes, at, Math.min(1_000, said.length - at), ResultLog.NOW_NS, log);
        }
        return log;
    }

    private static Map<String, String> request(final String capture, final String id) {
        final byte[] raw = CapturedStreams.read(CapturedStreams.folder("asterisk").resolve(capture).resolve("tx.raw"));
        for (final String block : new String(raw, StandardCharsets.UTF_8).split("\r\n\r\n", -1)) {
            if (block.contains("\r\nActionID: " + id + "\r\n")) {
                final Map<String, String> headers = new LinkedHashMap<>();
                for (final String line : block.split("\r\n", -1)) {
                    headers.putIfAbsent(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1).strip());
                }
                return headers;
            }
        }
        throw new AssertionError("no request " + id);
    }

    /** The action that would have been asked for. */
    private static Actions action(final Map<String, String> real) {
        final String user = real.getOrDefault("Interface", real.getOrDefault("Channel", "")).replace("PJSIP/", "");
        final String callerId = real.getOrDefault("CallerID", "");
        return switch (real.get("Action")) {
            case "Originate" -> Actions.full("GenerateCall").text("user", user).text("number", real.get("Exten"))
                .text("name", callerId.isEmpty() ? "" : callerId.substring(1, callerId.lastIndexOf('"')));
            case "Hangup" -> Actions.full("HangUp").value("causeCode", real.containsKey("Cause") ? Long.parseLong(real.get("Cause")) : -1);
            case "Redirect" -> Actions.full("TransferCall").value("kind", 0).text("user", "").text("number", real.get("Exten"));
            case "Park" -> Actions.full("TransferCall").value("kind", 0).text("user", "").text("number", "700");
            case "MixMonitor" -> Actions.full("StartRecording");
            case "StopMixMonitor" -> Actions.full("StopRecording");
            case "QueueAdd" -> Actions.full("GroupLogIn").text("user", user).text("group", real.get("Queue"));
            case "QueueRemove" -> Actions.full("GroupLogOff").text("user", user).text("group", real.get("Queue"));
            case "QueuePause" -> Actions.full("true".equals(real.get("Paused")) ? "GroupLogOff" : "GroupLogIn")
                .text("user", user).text("group", real.get("Queue"));
            default -> throw new AssertionError("no action for " + real);
        };
    }
}

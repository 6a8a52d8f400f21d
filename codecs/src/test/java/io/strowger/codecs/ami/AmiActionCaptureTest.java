package io.strowger.codecs.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.action.ActionLimits;
import io.strowger.codecs.action.Actions;
import io.strowger.codecs.action.ResultLog;
import io.strowger.codecs.ami.AmiActionSettings.Membership;
import io.strowger.codecs.translate.CapturedStreams;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Requests and replies of real Asterisk servers, in both directions: a request that we can write has the headers that the real one had, and
 * the replies to it give the right states.
 */
final class AmiActionCaptureTest {
    private static final String ON_THE_LEG = "a leg is named by its Uniqueid, where the server takes its name or that";
    private static final String BY_DEFAULT = "we leave it to the server, which has it by configuration";
    private static final String ELSEWHERE = "our settings say it";
    private static final String NO_FIELD = "an action has no field for it";

    /** Headers that ours has with another value than the real request, and why. */
    private static final Map<String, String> DIFFERENT = Map.ofEntries(
        Map.entry("ActionID", "each has its own"), Map.entry("Channel", ON_THE_LEG), Map.entry("MixMonitor File", "the name is ours"),
        Map.entry("Originate Timeout", ELSEWHERE), Map.entry("Originate ChannelId", "it is our id"));

    /** Headers of real requests that ours lacks, and why. */
    private static final Map<String, String> LACKING = Map.ofEntries(
        Map.entry("Originate Variable", NO_FIELD), Map.entry("MessageSend Variable", NO_FIELD),
        Map.entry("MessageSend Destination", "To says the same when it is alone"),
        Map.entry("MessageSend Base64Body", "ours is Body: a line end, which only the other can hold, is refused"),
        Map.entry("MixMonitor Options", "the server's own: both ways into one file"),
        Map.entry("Park TimeoutChannel", BY_DEFAULT), Map.entry("Park AnnounceChannel", BY_DEFAULT), Map.entry("Park Timeout", BY_DEFAULT),
        Map.entry("QueueAdd MemberName", NO_FIELD), Map.entry("QueueAdd StateInterface", "it is the interface when it is not said"),
        Map.entry("QueueAdd Penalty", "0 when it is not said"), Map.entry("QueueAdd Paused", "not paused when it is not said"),
        Map.entry("QueuePause Reason", NO_FIELD));

    /** Headers that ours has and some real request lacks, and why. */
    private static final Map<String, String> MORE = Map.ofEntries(
        Map.entry("Originate CallerID", "who is called stands on the phone of who asks"), Map.entry("Originate ChannelId", "it is our id"),
        Map.entry("MixMonitor File", "the request failed before it was looked for"), Map.entry("Park Parkinglot", ELSEWHERE),
        Map.entry("MessageSend To", "Destination says the same"), Map.entry("MessageSend Body", "Base64Body says the same"));

    private static final Set<String> MET = ConcurrentHashMap.newKeySet();

    @AfterAll
    static void shouldAllowNothingThatNoCaptureNeeds() {
        final Set<String> allowed = new HashSet<>();
        DIFFERENT.keySet().forEach(header -> allowed.add("different " + header));
        LACKING.keySet().forEach(header -> allowed.add("lacking " + header));
        MORE.keySet().forEach(header -> allowed.add("more " + header));
        allowed.removeAll(MET);
        assertEquals(Set.of(), allowed);
    }

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
        "18-message | a2 | 1 DONE",
        "18-message | a3 | 1 DONE",
        "18-message | a4 | 1 FAILED Message failed to send.",
        "22-ami-actions | a30 | 1 DONE",
        "35-ami-park-bridge-hangup | a3 | 1 DONE"})
    void shouldWriteWhatTheServerTookAndReadWhatItSaid(final String capture, final String id, final String results) {
        final Map<String, String> real = request(capture, id);
        final AmiActionSettings settings = AmiCommands.settings(ActionLimits.of(3, 7)).forwardFamily("router")
            .messageFrom("<sip:{user}@127.0.0.1>")
            .membership("QueuePause".equals(real.get("Action")) ? Membership.STATIC : Membership.DYNAMIC);
        final AmiActions connection = new AmiActions(settings, ResultLog.NOW_NS);
        connection.connected();
        final byte[] command = action(real).command(connection, 1);
        final Map<String, String> ours = AmiCommands.parse(new String(command, StandardCharsets.UTF_8));
        compare(real, ours);
        assertEquals(List.of(results.split("; ", -1)), replies(connection, capture, id, ours.get("ActionID")).lines());
        assertEquals(0, connection.unmatchedCount() - (capture.startsWith("22-") ? 1 : 0), "only the Ping without an id");
    }

    private static void compare(final Map<String, String> real, final Map<String, String> ours) {
        final Set<String> headers = new LinkedHashSet<>(real.keySet());
        headers.addAll(ours.keySet());
        for (final String header : headers) {
            if (!ours.containsKey(header)) {
                assertAllowed("lacking", LACKING, real.get("Action"), header);
            } else if (!real.containsKey(header)) {
                assertAllowed("more", MORE, real.get("Action"), header);
            } else if (!real.get(header).equals(ours.get(header))) {
                assertAllowed("different", DIFFERENT, real.get("Action"), header);
            }
        }
    }

    private static void assertAllowed(final String how, final Map<String, String> allowed, final String action, final String header) {
        final String exact = allowed.containsKey(header) ? header : action + " " + header;
        assertTrue(allowed.containsKey(exact), how + " " + exact);
        MET.add(how + " " + exact);
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
            case "DBPut" -> Actions.full("ForwardCall").text("nativeId", "").text("user", real.get("Key"))
                .text("number", real.get("Val"));
            case "MessageSend" -> Actions.full("SendSms").text("user", "router").text("text", text(real))
                .text("number", real.getOrDefault("To", real.get("Destination")).replace("pjsip:", ""));
            case "QueuePause" -> Actions.full("true".equals(real.get("Paused")) ? "GroupLogOff" : "GroupLogIn")
                .text("user", user).text("group", real.get("Queue"));
            default -> throw new AssertionError("no action for " + real);
        };
    }

    /** A line end can't be sent with ours. */
    private static String text(final Map<String, String> real) {
        final String encoded = real.get("Base64Body");
        return null == encoded ? real.get("Body") :
            new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8).replace('\n', ' ');
    }
}

package io.strowger.codecs.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.translate.CapturedStreams;
import io.strowger.codecs.translate.FactLog;
import io.strowger.codecs.translate.FactLog.Fact;
import io.strowger.codecs.translate.StreamCounters;
import io.strowger.codecs.translate.StreamCounters.Counter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Streams of a real server (Asterisk 20): counted against a plain reader written for this test, and three listings to read.
 */
final class AmiCaptureTest {
    /** How many facts of a template an event gives, without the facts for further legs. */
    private static final Map<String, String> TEMPLATES = Map.ofEntries(
        Map.entry("FullyBooted", "SourceBooted"), Map.entry("Shutdown", "SourceStopping"), Map.entry("Newchannel", "LegSeen"),
        Map.entry("NewCallerid", "LegParties"), Map.entry("NewConnectedLine", "LegParties"), Map.entry("DialBegin", "Dial"),
        Map.entry("DialState", "Dial"), Map.entry("DialEnd", "Dial"), Map.entry("BridgeEnter", "Bridge"),
        Map.entry("BridgeLeave", "Bridge"), Map.entry("Hold", "Hold"), Map.entry("Unhold", "Hold"),
        Map.entry("HangupRequest", "HangupAsked"), Map.entry("SoftHangupRequest", "HangupAsked"), Map.entry("Hangup", "Hangup"),
        Map.entry("ConfbridgeJoin", "Conference"), Map.entry("ConfbridgeLeave", "Conference"),
        Map.entry("MixMonitorStart", "Recording"), Map.entry("MixMonitorStop", "Recording"),
        Map.entry("BlindTransfer", "Transfer"), Map.entry("AttendedTransfer", "Transfer"), Map.entry("ParkedCall", "Park"),
        Map.entry("UnParkedCall", "Park"), Map.entry("ParkedCallTimeOut", "Park"), Map.entry("QueueCallerJoin", "Queue"),
        Map.entry("QueueCallerLeave", "Queue"), Map.entry("QueueCallerAbandon", "Queue"), Map.entry("AgentCalled", "Queue"),
        Map.entry("AgentConnect", "Queue"), Map.entry("AgentComplete", "Queue"), Map.entry("AgentRingNoAnswer", "Queue"),
        Map.entry("QueueMemberAdded", "GroupMembership"), Map.entry("QueueMemberRemoved", "GroupMembership"),
        Map.entry("QueueMemberPause", "GroupMembership"), Map.entry("PeerStatus", "Registration"), Map.entry("UserEvent", "Other"));
    private static final Set<String> ITEMS = Set.of(
        "CoreShowChannel", "Status", "QueueParams", "QueueMember", "QueueEntry", "BridgeListItem", "ContactList");
    private static final Set<String> ENDS = Set.of(
        "CoreShowChannelsComplete", "StatusComplete", "QueueStatusComplete", "ParkedCallsComplete", "BridgeListComplete",
        "ContactListComplete");
    private static final Set<String> LISTS = Set.of(
        "Channels will follow", "Channel status will follow", "Queue status will follow", "Parked calls will follow",
        "Bridge listing will follow", "A listing of Contacts follows, presented as ContactList events");

    @Test
    void shouldGiveAsManyFactsOfEachTemplateAsAPlainReaderCounts() {
        int facts = 0;
        for (final Path path : Ami.captures()) {
            final byte[] stream = CapturedStreams.read(path);
            final FactLog log = Ami.translate(stream);
            assertEquals(plainCount(stream), countByTemplate(log), path.toString());
            facts += log.facts().size();
        }
        assertTrue(facts > 5000, "facts: " + facts);
    }

    @Test
    void shouldUnderstandEveryBlockOfTheCapturesAndLeaveOutNothingButWhatItCounts() {
        for (final Path path : Ami.captures()) {
            final AmiTranslator translator = new AmiTranslator(Ami.SETTINGS);
            final byte[] stream = CapturedStreams.read(path);
            final FactLog log = new FactLog();
            Ami.feed(translator, stream, log);
            final StreamCounters counters = translator.counters();
            for (final Counter counter : List.of(
                Counter.MALFORMED, Counter.TEXT_REPLIES, Counter.TOO_LARGE, Counter.IDENTITY_TOO_LONG, Counter.WITHOUT_NATIVE_ID,
                Counter.CUT_TIGHT, Counter.LISTS_REFUSED)) {
                assertEquals(0, counters.get(counter), path + " " + counter);
            }
            assertTrue(translator.beganWithBanner(), path.toString());
            assertEquals(log.facts().size(), counters.get(Counter.FACTS));
            assertEquals(log.of("Other").size(), counters.get(Counter.UNKNOWN_EVENTS));
        }
    }

    @Test
    void shouldListABusyCall() {
        assertEquals(golden("02-busy.txt"), listing("02-busy.raw"));
    }

    @Test
    void shouldListABlindTransfer() {
        assertEquals(golden("06-blind-transfer.txt"), listing("06-blind-transfer.raw"));
    }

    @Test
    void shouldListACallThroughAQueue() {
        assertEquals(golden("12-queue-complete-agent.txt"), listing("12-queue-complete-agent.raw"));
    }

    private static Map<String, Integer> countByTemplate(final FactLog log) {
        final Map<String, Integer> counts = new TreeMap<>();
        for (final Fact fact : log.facts()) {
            counts.merge(fact.template(), 1, Integer::sum);
        }
        return counts;
    }

    /** Reads a stream the slow and obvious way. */
    private static Map<String, Integer> plainCount(final byte[] stream) {
        final Map<String, Integer> counts = new TreeMap<>();
        final Set<String> lists = new HashSet<>();
        final String text = new String(stream, StandardCharsets.ISO_8859_1).replaceFirst("^Asterisk Call Manager[^\r]*\r\n", "");
        for (final String block : text.replace("\r\n\n", "\r\n\r\n").split("\r\n\r\n", -1)) {
            final Map<String, String> fields = new HashMap<>();
            for (final String line : block.split("\r\n", -1)) {
                final int colon = line.indexOf(": ");
                fields.putIfAbsent(colon < 0 ? line : line.substring(0, colon), colon < 0 ? "" : line.substring(colon + 2));
            }
            final boolean isWhole = text.contains(block + "\r\n\r\n") || text.contains(block + "\r\n\n");
            if (isWhole) {
                count(fields, lists, counts);
            }
        }
        return counts;
    }

    private static void count(final Map<String, String> fields, final Set<String> lists, final Map<String, Integer> counts) {
        final String event = fields.getOrDefault("Event", "");
        final String actionId = fields.getOrDefault("ActionID", "");
        final List<String> templates = new ArrayList<>();
        if (event.isEmpty() && LISTS.contains(fields.getOrDefault("Message", "")) && fields.containsKey("EventList")) {
            templates.add("SourceSnapshotBegin");
            lists.add(actionId);
        } else if (lists.contains(actionId)) {
            if (ITEMS.contains(event)) {
                templates.add("SourceSnapshotItem");
            } else if (ENDS.contains(event)) {
                templates.add("SourceSnapshotEnd");
            }
        } else if (event.equals("Newstate")) {
            templates.add("LegState");
        } else if (event.equals("VarSet") && fields.getOrDefault("Variable", "").equals("QUEUESTATUS")) {
            templates.add("Queue");
        } else if (TEMPLATES.containsKey(event)) {
            furtherLegs(event, fields, templates);
            templates.add(TEMPLATES.get(event));
        }
        templates.forEach(template -> counts.merge(template, 1, Integer::sum));
    }

    private static void furtherLegs(final String event, final Map<String, String> fields, final List<String> templates) {
        final String further = event.startsWith("Dial") ? "Uniqueid" : event.startsWith("Agent") ? "DestUniqueid" : "-";
        if (fields.containsKey(further)) {
            templates.add("LegState");
        }
        if (fields.containsKey("RetrieverUniqueid")) {
            templates.add("LegState");
        }
    }

    private static String listing(final String name) {
        final StringBuilder text = new StringBuilder();
        for (final Fact fact : Ami.translate(resource(name)).facts()) {
            text.append(line(fact)).append('\n');
        }
        return text.toString();
    }

    /** The template, whose fact it is, and what is special to the template. */
    private static String line(final Fact fact) {
        return switch (fact.template()) {
            case "LegSeen", "LegState" -> fact.show("nativeId", "callId", "user", "number", "remoteParty", "legState");
            case "LegParties" -> fact.show("nativeId", "number", "name", "remoteParty", "remoteName");
            case "Dial" -> fact.show("nativeId", "phase", "status", "peerLeg", "peerUser");
            case "Bridge" -> fact.show("nativeId", "action", "bridgeKind", "members");
            case "Transfer" -> fact.show("nativeId", "kind", "result", "by", "byLeg", "to");
            case "Queue" -> fact.show("nativeId", "action", "group", "member", "memberUser", "memberLeg", "text");
            case "HangupAsked" -> fact.show("nativeId", "causeCode", "soft");
            case "Hangup" -> fact.show("nativeId", "causeCode", "text");
            case "Registration" -> fact.show("user", "action", "device");
            case "GroupMembership" -> fact.show("user", "action", "group");
            case "SourceBooted" -> fact.show("uptimeMs");
            default -> fact.template();
        };
    }

    private static String golden(final String name) {
        return new String(resource(name), StandardCharsets.UTF_8);
    }

    private static byte[] resource(final String name) {
        try (InputStream in = AmiCaptureTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

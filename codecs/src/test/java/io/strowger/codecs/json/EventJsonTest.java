package io.strowger.codecs.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.ActionKind;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.sbe.Cause;
import io.strowger.codecs.sbe.ConnectionState;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.EventEncoder;
import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.Media;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.Reason;
import io.strowger.codecs.sbe.TickEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class EventJsonTest {
    private static final long TIME = 1_795_624_196_513_000_000L;
    private static final long EPOCH = 1_795_000_000_000_000_000L;

    private final SessionId sessionId = new SessionId();
    private final EventJson json = new EventJson();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);
    private final EventEncoder event = new EventEncoder();

    @Test
    void shouldWriteTheLineOfTheContract() {
        begin(EventType.CALL_ESTABLISHED).direction(Direction.INCOMING).state(ConnectionState.CONNECTED);
        final int length = texts("1795624196.21", "1795624196.20", "102", "101", "Ann", "");
        final String id = sessionId.of("pbx-1".getBytes(StandardCharsets.UTF_8), EPOCH, "1795624196.21".getBytes(StandardCharsets.UTF_8));
        assertEquals("{\"specversion\":\"1.0\",\"id\":\"42\",\"source\":\"/pbx-1\",\"type\":\"call.established\",\"subject\":\"102\","
            + "\"time\":\"2026-11-25T16:29:56.513Z\",\"data\":{\"sequence\":42,\"tenant\":1,\"kind\":\"session\",\"media\":\"call\","
            + "\"sessionId\":\"" + id + "\",\"nativeId\":\"1795624196.21\",\"callId\":\"1795624196.20\",\"localUser\":\"102\","
            + "\"remoteParty\":\"101\",\"remoteName\":\"Ann\",\"direction\":\"incoming\",\"state\":\"connected\",\"group\":null,"
            + "\"durationMs\":null,\"cause\":null,\"causeCode\":null,\"reason\":null,\"derived\":false}}", line(length));
    }

    @Test
    void shouldWriteWhatAnEventSaysMore() {
        begin(EventType.CALL_CLEARED).durationMs(8000).talkMs(7000).waitMs(0).causeCode((short)16).cause(Cause.SOURCE_RESTARTED)
            .reason(Reason.GIVEN_UP).state(ConnectionState.NULL_STATE).flags().clear().inferred(true).noPeer(true);
        event.nativeId("1.2").callId("").localUser("").remoteParty("").remoteName("").group("").sourceName("pbx-1").by("101").from("102")
            .to("103").reference("/var/x.wav").text("A \"b\"");
        final String line = json.write(43, true, buffer, 0, 8 + event.encodedLength());
        assertTrue(line.contains("\"subject\":\"1.2\""), line);
        assertTrue(line.contains("\"state\":\"null\""), line);
        assertTrue(line.endsWith("\"durationMs\":8000,\"cause\":\"source-restarted\",\"causeCode\":16,\"reason\":\"given-up\","
            + "\"derived\":true,\"talkMs\":7000,\"waitMs\":0,\"by\":\"101\",\"from\":\"102\",\"to\":\"103\",\"reference\":\"/var/x.wav\","
            + "\"text\":\"A \\\"b\\\"\",\"flags\":[\"inferred\",\"no-peer\"]}}"), line);
    }

    @Test
    void shouldNameTheSubjectByWhatTheEventIsAbout() {
        assertSubject("102", EventType.GROUP_READY, "9", "102", "sales");
        assertSubject("sales", EventType.GROUP_READY, "9", "", "sales");
        assertSubject("9", EventType.CALL_QUEUED, "9", "", "");
        assertSubject("pbx-1", EventType.CALL_QUEUED, "", "", "");
        assertSubject("pbx-1", EventType.SOURCE_UP, "9", "102", "sales");
        assertSubject("102", EventType.USER_LOGGED_OUT, "", "102", "sales");
    }

    @Test
    void shouldGiveMediaAndSessionIdToSessionsOnly() {
        begin(EventType.USER_LOGGED_IN);
        final String user = line(texts("1.2", "", "102", "", "", ""));
        assertTrue(user.contains("\"kind\":\"user\",\"media\":null,\"sessionId\":null,\"nativeId\":\"1.2\""), user);
        begin(EventType.HISTORY_CALL_RECORDED);
        final String history = line(texts("", "", "102", "", "", ""));
        assertTrue(history.contains("\"type\":\"history.call-recorded\""), history);
        assertTrue(history.contains("\"kind\":\"session\",\"media\":\"call\",\"sessionId\":null,\"nativeId\":null"), history);
    }

    @Test
    void shouldSayOfAnActionWhoAskedForWhatAndHowItEnded() {
        begin(EventType.ACTION_RESULT).media(Media.NULL_VAL).action(ActionKind.HANG_UP).actionStatus(ActionStatus.TIMED_OUT);
        event.nativeId("1.2").callId("").localUser("").remoteParty("").remoteName("").group("").sourceName("").by("crm").from("").to("")
            .reference("k1").text("no result before the deadline");
        final String line = line(8 + event.encodedLength());
        assertTrue(line.contains("\"source\":\"/\""), line);
        assertTrue(line.contains("\"kind\":\"action\",\"media\":null,\"sessionId\":null,\"nativeId\":\"1.2\""), line);
        assertTrue(line.endsWith("\"derived\":false,\"action\":\"hang-up\",\"status\":\"timed-out\",\"clientId\":\"crm\","
            + "\"key\":\"k1\",\"text\":\"no result before the deadline\"}}"), line);
    }

    @Test
    void shouldBearCodesOfALaterSchema() {
        begin(EventType.CALL_CLEARED);
        final int length = texts("1.2", "", "102", "", "", "");
        buffer.putByte(8 + EventDecoder.eventTypeEncodingOffset(), (byte)199);
        buffer.putByte(8 + EventDecoder.causeEncodingOffset(), (byte)200);
        final String line = line(length);
        assertTrue(line.contains("\"type\":\"unknown.199\""), line);
        assertTrue(line.contains("\"kind\":null,\"media\":null"), line);
        assertTrue(line.contains("\"cause\":200"), line);
    }

    @Test
    void shouldMakeTheSessionIdOfItsInput() {
        // printf 'pbx-1\0\0\0\0\0\0\0\x01\x021.2' | sha256sum
        assertEquals("bf220185ec57b7754726f726bca97c91", sessionId.of("pbx-1".getBytes(StandardCharsets.UTF_8), 258,
            "1.2".getBytes(StandardCharsets.UTF_8)));
        assertEquals(sessionId.of(new byte[] {'a'}, -1, new byte[0]),
            sessionId.of(new UnsafeBuffer(new byte[] {'x', 'a'}), 1, 1, -1, 0, 0));
    }

    @Test
    void shouldWriteLinesToAnOutputThatStaysOpen() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        begin(EventType.CALL_HELD);
        final int length = texts("1.2", "", "102", "", "", "");
        try (JsonLines lines = new JsonLines(bytes)) {
            lines.event(1, false, buffer, 0, length);
            assertEquals(0, bytes.size(), "kept back");
            lines.flush();
            assertEquals(json.write(1, false, buffer, 0, length) + '\n', bytes.toString(StandardCharsets.UTF_8));
            lines.event(2, true, buffer, 0, length);
            lines.signal(buffer, 0, length);
        }
        assertEquals(json.write(1, false, buffer, 0, length) + '\n' + json.write(2, true, buffer, 0, length) + '\n'
            + new SignalJson().write(buffer, 0, length) + '\n', bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void shouldRefuseWhatIsNoEvent() {
        new TickEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        assertThrows(IllegalArgumentException.class, () -> json.write(1, false, buffer, 0, 32));
    }

    @Test
    void shouldNameEveryEventType() {
        for (final EventType type : EventType.values()) {
            if (EventType.NULL_VAL != type && EventType.SBE_UNKNOWN != type) {
                final String name = EventTypeNames.name(type.value());
                assertEquals(type, EventTypeNames.type(name));
                assertTrue(name.matches("[a-z]+(-[a-z]+)?\\.[a-z]+(-[a-z]+)*"), name);
                assertFalse(EventTypeNames.kind(type.value()).isEmpty());
            }
        }
        assertEquals("call.established", EventTypeNames.name(EventType.CALL_ESTABLISHED.value()));
        assertEquals("screen-sharing.ended", EventTypeNames.name(EventType.SCREEN_SHARING_ENDED.value()));
        assertEquals("history.screen-sharing", EventTypeNames.name(EventType.HISTORY_SCREEN_SHARING.value()));
        assertEquals("group.not-ready", EventTypeNames.name(EventType.GROUP_NOT_READY.value()));
        assertEquals("action.result", EventTypeNames.name(EventType.ACTION_RESULT.value()));
        assertEquals("action", EventTypeNames.kind(EventType.ACTION_RESULT.value()));
        assertEquals("session", EventTypeNames.kind(EventType.HISTORY_SCREEN_SHARING.value()));
        assertEquals("session", EventTypeNames.kind(EventType.SCREEN_SHARING_ENDED.value()));
        assertNull(EventTypeNames.name(255));
        assertNull(EventTypeNames.kind(0));
        assertNull(EventTypeNames.type("call.nothing"));
    }

    private void assertSubject(final String subject, final EventType type, final String nativeId, final String user, final String group) {
        begin(type);
        final String line = line(texts(nativeId, "", user, "", "", group));
        assertTrue(line.contains("\"subject\":\"" + subject + "\""), line);
    }

    private EventEncoder begin(final EventType type) {
        buffer.setMemory(0, buffer.capacity(), (byte)0);
        event.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        event.sourceSequence(5).sourceTime(TIME).source(1).tenant(1).epoch(EPOCH).eventType(type).media(Media.CALL);
        return event.durationMs(EventEncoder.durationMsNullValue()).talkMs(EventEncoder.talkMsNullValue())
            .waitMs(EventEncoder.waitMsNullValue()).causeCode(EventEncoder.causeCodeNullValue()).direction(Direction.NULL_VAL)
            .state(ConnectionState.NULL_VAL).cause(Cause.NULL_VAL).reason(Reason.NULL_VAL);
    }

    private int texts(final String nativeId, final String callId, final String user, final String party, final String name,
                      final String group) {
        event.nativeId(nativeId).callId(callId).localUser(user).remoteParty(party).remoteName(name).group(group).sourceName("pbx-1");
        event.by("").from("").to("").reference("").text("");
        return 8 + event.encodedLength();
    }

    private String line(final int length) {
        return json.write(42, false, buffer, 0, length);
    }
}

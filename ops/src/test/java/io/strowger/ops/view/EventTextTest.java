package io.strowger.ops.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.ActionKind;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.sbe.Cause;
import io.strowger.codecs.sbe.ConnectionState;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.EventEncoder;
import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.Media;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class EventTextTest {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);

    @Test
    void shouldAlignColumnsWhenEventIsPlain() {
        event("102", "101", "Ann", "1795624150.0");
        assertEquals("       42  2026-11-25 16:29:56.513  call.cleared           102         <- 101 Ann              "
            + " group support  busy (17)  up 3.01 s  talked 2.50 s  call 1795624150.0", new EventText().line(42, buffer, 0));
    }

    @Test
    void shouldSayOfAnActionWhoAskedForWhatAndHowItEnded() {
        final EventEncoder event = new EventEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        event.sourceTime(1_795_624_196_513_000_000L).eventType(EventType.ACTION_RESULT).action(ActionKind.HANG_UP)
            .actionStatus(ActionStatus.FAILED).state(ConnectionState.NULL_VAL).direction(Direction.NULL_VAL)
            .nativeId("").callId("c1").localUser("102").remoteParty("").remoteName("").group("").sourceName("pbx-1").by("crm").from("")
            .to("").reference("k1").text("not allowed");
        assertEquals("       42  2026-11-25 16:29:56.513  action.result          102                               "
            + "   hang-up  failed  client crm  key k1  not allowed  call c1", new EventText().line(42, buffer, 0));
    }

    @Test
    void shouldSayNotAnsweredOfCallsOnly() {
        assertTrue(ended(EventType.CALL_CLEARED, Media.CALL).contains("not answered"));
        assertTrue(ended(EventType.SCREEN_SHARING_ENDED, Media.SCREEN_SHARING).contains("lasted 0.00 s"));
        assertTrue(ended(EventType.FAX_FAILED, Media.FAX).contains("lasted 0.00 s"));
    }

    @Test
    void shouldShowNoControlCharacterWhenNameHoldsSome() {
        event("102", "101", "A\u001b[31mnn\nEvent: Forged\u009b", "1\r2");
        final String line = new EventText().line(1, buffer, 0);
        assertTrue(line.chars().noneMatch(Character::isISOControl), line);
        assertTrue(line.contains("A\uFFFD[31mnn\uFFFDEvent: Forged\uFFFD"), line);
    }

    @Test
    void shouldReadEachTextWhenFieldsAreAskedInAnyOrder() {
        event("102", "101", "Ann", "call");
        final EventFields fields = new EventFields();
        fields.wrap(buffer, 0);
        assertEquals("pbx-1", fields.text(EventFields.SOURCE_NAME));
        assertEquals("native", fields.text(EventFields.NATIVE_ID));
        assertEquals("", fields.text(EventFields.TEXT));
        assertTrue(fields.is(EventFields.LOCAL_USER, "102".getBytes(StandardCharsets.UTF_8)));
        assertFalse(fields.is(EventFields.LOCAL_USER, "10".getBytes(StandardCharsets.UTF_8)));
        assertEquals(EventType.CALL_CLEARED, fields.fixed().eventType());
    }

    @Test
    void shouldMatchWhenEveryPartOfFilterAgrees() {
        event("102", "101", "Ann", "call");
        assertTrue(new EventFilter(null, null, List.of(), EventFilter.ANY_TENANT).matches(buffer, 0));
        assertTrue(new EventFilter("102", null, List.of("call"), 7).matches(buffer, 0));
        assertTrue(new EventFilter(null, "support", List.of("call.cleared", "user"), 7).matches(buffer, 0));
        assertFalse(new EventFilter("101", null, List.of(), 7).matches(buffer, 0));
        assertFalse(new EventFilter("102", null, List.of("chat"), 7).matches(buffer, 0));
        assertFalse(new EventFilter("102", "sales", List.of(), 7).matches(buffer, 0));
        assertFalse(new EventFilter("102", null, List.of(), 8).matches(buffer, 0));
    }

    @Test
    void shouldSayTrunkOfCallsOnlyWhenThereIsNoUser() {
        event("", "101", "Ann", "1");
        assertTrue(new EventText().line(1, buffer, 0).contains("(trunk)"));
        new EventEncoder().wrap(buffer, MessageHeaderEncoder.ENCODED_LENGTH).eventType(EventType.CHAT_QUEUED).media(Media.CHAT);
        final String line = new EventText().line(1, buffer, 0);
        assertTrue(line.contains("(no user)") && !line.contains("(trunk)"), line);
    }

    private String ended(final EventType type, final Media media) {
        event("102", "101", "Ann", "1");
        new EventEncoder().wrap(buffer, MessageHeaderEncoder.ENCODED_LENGTH).durationMs(0).eventType(type).media(media);
        return new EventText().line(42, buffer, 0);
    }

    private void event(final String user, final String remote, final String name, final String call) {
        final EventEncoder event = new EventEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        event.sourceSequence(1).sourceTime(1_795_624_196_513_000_000L).source(1).tenant(7).epoch(0).durationMs(3010).talkMs(2500)
            .waitMs(EventEncoder.waitMsNullValue()).causeCode((short)17).eventType(EventType.CALL_CLEARED).media(Media.CALL)
            .direction(Direction.INCOMING).state(ConnectionState.NULL_STATE).cause(Cause.BUSY).reason(Reason.NULL_VAL);
        event.flags().clear();
        event.nativeId("native").callId(call).localUser(user).remoteParty(remote).remoteName(name).group("support").sourceName("pbx-1")
            .by("").from("").to("").reference("").text("");
    }
}

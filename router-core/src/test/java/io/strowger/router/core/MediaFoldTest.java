package io.strowger.router.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.codecs.sbe.ChatAction;
import io.strowger.codecs.sbe.ChatDecoder;
import io.strowger.codecs.sbe.FaxAction;
import io.strowger.codecs.sbe.FaxDecoder;
import io.strowger.codecs.sbe.GroupMembershipDecoder;
import io.strowger.codecs.sbe.HistoryItemDecoder;
import io.strowger.codecs.sbe.MembershipAction;
import io.strowger.codecs.sbe.MessageDecoder;
import io.strowger.codecs.sbe.OtherDecoder;
import io.strowger.codecs.sbe.RegistrationDecoder;
import io.strowger.codecs.sbe.ScreenSharingDecoder;
import io.strowger.codecs.sbe.SourceGapDecoder;
import io.strowger.router.record.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MediaFoldTest {
    private final FoldHarness pbx = FoldHarness.up();

    @Test
    void shouldTellAChatFromItsQueueToItsEnd() {
        pbx.apply(chat(ChatAction.INITIATED)).apply(chat(ChatAction.QUEUED).text(5, "sales")).later(2_000);
        pbx.apply(chat(ChatAction.ESTABLISHED).text(2, "201")).later(5_000).apply(chat(ChatAction.TRANSFERRED).text(6, "201")
            .text(8, "202"));
        pbx.apply(chat(ChatAction.CLEARED)).apply(chat(ChatAction.CLEARED));

        assertEquals(List.of("chat.initiated", "chat.queued", "chat.dequeued", "chat.established", "chat.transferred", "chat.cleared"),
            pbx.types());
        assertEquals("answered", pbx.last("chat.dequeued").reason());
        assertEquals(2_000, pbx.last("chat.dequeued").waitMs());
        assertEquals("202", pbx.last("chat.transferred").to());
        assertEquals(5_000, pbx.last("chat.cleared").durationMs());
        assertEquals(Outcome.IGNORED, pbx.outcome);
    }

    @Test
    void shouldEndTheStayOfAChatThatGoesToAnotherQueueOrIsLostInARestart() {
        pbx.apply(chat(ChatAction.QUEUED).text(5, "sales")).later(700).apply(chat(ChatAction.QUEUED).text(5, "support"));
        assertEquals(List.of("chat.queued", "chat.dequeued", "chat.queued"), pbx.types());
        assertEquals("left", pbx.last("chat.dequeued").reason());
        assertEquals(700, pbx.last("chat.dequeued").waitMs());
        assertEquals("support", pbx.last("chat.queued").group());

        pbx.told.clear();
        pbx.down().later(5_000).hello(false).booted(1_000).payOwed();
        assertEquals(List.of("source.down", "source.up", "source.restarted", "chat.dequeued", "chat.cleared"), pbx.types());
        assertEquals("support", pbx.last("chat.dequeued").group());
    }

    @Test
    void shouldSayAFaxIsStoredOnlyWhenItWasSentAndHasAPlace() {
        pbx.apply(fax(FaxAction.STARTED, 1, null)).later(9_000).apply(fax(FaxAction.COMPLETED, 1, "/spool/1.tif"));
        assertEquals(List.of("fax.started", "fax.completed", "history.fax-transmitted"), pbx.types());
        assertEquals("/spool/1.tif", pbx.last("history.fax-transmitted").reference());
        assertEquals(9_000, pbx.last("fax.completed").durationMs());
        assertEquals(0, pbx.core.openSessions());
    }

    @Test
    void shouldTellAFailedFaxWhoseStartWasNotSeen() {
        pbx.apply(fax(FaxAction.FAILED, 0, null));
        assertEquals(List.of("fax.failed"), pbx.types());
        assertEquals(true, pbx.last("fax.failed").inferred());
    }

    @Test
    void shouldTellASharedScreen() {
        final Signal start = new Signal(ScreenSharingDecoder.TEMPLATE_ID, ScreenSharingDecoder.BLOCK_LENGTH, 6).put(0, 0).put(1, 1)
            .text(0, "s1").text(2, "101");
        final Signal end = new Signal(ScreenSharingDecoder.TEMPLATE_ID, ScreenSharingDecoder.BLOCK_LENGTH, 6).put(0, 1).put(1, 1)
            .text(0, "s1");
        pbx.apply(start).later(60_000).apply(end);
        assertEquals(List.of("screen-sharing.started", "screen-sharing.ended"), pbx.types());
        assertEquals(60_000, pbx.last("screen-sharing.ended").durationMs());
        assertEquals("101", pbx.last("screen-sharing.ended").user());
    }

    @Test
    void shouldTellMessagesByMediaAndDirection() {
        for (int media = 4; media <= 5; media++) {
            for (int direction = 0; direction <= 1; direction++) {
                pbx.apply(new Signal(MessageDecoder.TEMPLATE_ID, MessageDecoder.BLOCK_LENGTH, 6).put(0, media).put(1, direction)
                    .text(0, "m").text(1, "101")
                    .text(2, "555").text(4, "hello"));
            }
        }
        assertEquals(List.of("message.received", "message.sent", "sms.received", "sms.sent"), pbx.types());
        assertEquals("hello", pbx.last("sms.sent").text());
        assertEquals("101", pbx.last("sms.sent").user());
    }

    @Test
    void shouldTellEachKindOfHistoryWithItsReference() {
        for (int kind = 0; kind < 5; kind++) {
            pbx.apply(new Signal(HistoryItemDecoder.TEMPLATE_ID, HistoryItemDecoder.BLOCK_LENGTH, 7).put(0, kind).putLongAt(2, 1_500)
                .text(0, "h").text(5, "ref"));
        }
        assertEquals(List.of("history.sms-received", "history.fax-transmitted", "history.call-recorded", "history.chat-transcript",
            "history.screen-sharing"), pbx.types());
        assertEquals("ref", pbx.last("history.chat-transcript").reference());
        assertEquals(1_500, pbx.last("history.chat-transcript").durationMs());
    }

    @Test
    void shouldLogAUserInWithTheFirstDeviceAndOutWithTheLast() {
        pbx.apply(registration("PJSIP/101", 0)).apply(registration("SIP/101", 0)).apply(registration("PJSIP/101", 0));
        assertEquals(List.of("user.logged-in"), pbx.types());
        pbx.apply(registration("PJSIP/101", 1));
        assertEquals(List.of("user.logged-in"), pbx.types());
        pbx.apply(registration("SIP/101", 1)).apply(registration("SIP/101", 1));
        assertEquals(List.of("user.logged-in", "user.logged-out"), pbx.types());
    }

    @Test
    void shouldTellWhatAMemberIsToAGroup() {
        for (final MembershipAction action : new MembershipAction[]{MembershipAction.ADDED, MembershipAction.PAUSED,
            MembershipAction.READY, MembershipAction.REMOVED}) {
            pbx.apply(new Signal(GroupMembershipDecoder.TEMPLATE_ID, GroupMembershipDecoder.BLOCK_LENGTH, 5).put(0, action.value())
                .text(0, "203").text(1, "support")
                .text(2, "PJSIP/203").text(4, "lunch"));
        }
        assertEquals(List.of("group.logged-in", "group.not-ready", "group.ready", "group.logged-out"), pbx.types());
        assertEquals("support", pbx.last("group.not-ready").group());
        assertEquals("203", pbx.last("group.not-ready").user());
        assertEquals("lunch", pbx.last("group.not-ready").text());
    }

    @Test
    void shouldKeepWhatNobodyMapsWithItsName() {
        pbx.apply(new Signal(OtherDecoder.TEMPLATE_ID, OtherDecoder.BLOCK_LENGTH, 2).text(0, "HangupHandlerPush")
            .text(1, "Event: HangupHandlerPush"));
        assertEquals("HangupHandlerPush", pbx.last("source.other").reference());
        pbx.apply(new Signal(SourceGapDecoder.TEMPLATE_ID, SourceGapDecoder.BLOCK_LENGTH, 1).putLongAt(0, 12).putLongAt(8, 4_096));
        assertEquals("12 signals, 4096 bytes", pbx.last("source.gap").text());
        pbx.apply(new Signal(SourceGapDecoder.TEMPLATE_ID, SourceGapDecoder.BLOCK_LENGTH, 1).putLongAt(0, 1).putLongAt(8, 1));
        assertEquals("1 signal, 1 byte", pbx.last("source.gap").text());
    }

    private static Signal chat(final ChatAction action) {
        return new Signal(ChatDecoder.TEMPLATE_ID, ChatDecoder.BLOCK_LENGTH, 10).put(0, action.value()).put(1, 0).put(2, Codes.NULL)
            .put(3, Codes.NULL)
            .text(0, "c1").text(3, "visitor");
    }

    private static Signal fax(final FaxAction action, final int direction, final String reference) {
        return new Signal(FaxDecoder.TEMPLATE_ID, FaxDecoder.BLOCK_LENGTH, 7).put(0, action.value()).put(1, direction).text(0, "fax:1")
            .text(5, reference);
    }

    private static Signal registration(final String device, final int action) {
        return new Signal(RegistrationDecoder.TEMPLATE_ID, RegistrationDecoder.BLOCK_LENGTH, 3).put(0, action).text(0, "101")
            .text(1, device);
    }
}

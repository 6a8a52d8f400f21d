package io.strowger.router.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.ChatAction;
import io.strowger.codecs.sbe.ChatDecoder;
import io.strowger.router.record.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What is said along with a step of a chat is told by the event of that step.
 */
final class ChatFoldTest {
    private static final int USER = 2;
    private static final int REMOTE_PARTY = 3;
    private static final int REMOTE_NAME = 4;
    private static final int GROUP = 5;
    private static final int TEXT = 9;

    private final FoldHarness pbx = FoldHarness.up();

    @Test
    void shouldTellWhatCameWithTheAnswerOnTheAnswerNotOnTheStayItEnds() {
        pbx.apply(queued("sales")).apply(chat(ChatAction.ESTABLISHED).text(USER, "201").text(REMOTE_NAME, "Ann").text(TEXT, "hello"));

        final Told dequeued = pbx.last("chat.dequeued");
        assertEquals(List.of("", "", "", "sales", "answered"),
            List.of(dequeued.user(), dequeued.remoteName(), dequeued.text(), dequeued.group(), dequeued.reason()));
        final Told established = pbx.last("chat.established");
        assertEquals(List.of("201", "Ann", "hello", ""),
            List.of(established.user(), established.remoteName(), established.text(), established.group()));
    }

    @Test
    void shouldTellWhatCameWithTheNextQueueOnItsOwnStay() {
        pbx.apply(queued("sales")).apply(queued("support").text(REMOTE_PARTY, "visitor-2").text(TEXT, "moved"));

        assertEquals(List.of("visitor", ""), List.of(pbx.last("chat.dequeued").remote(), pbx.last("chat.dequeued").text()));
        assertEquals(List.of("visitor-2", "moved", "support"),
            List.of(pbx.last("chat.queued").remote(), pbx.last("chat.queued").text(), pbx.last("chat.queued").group()));
    }

    @Test
    void shouldTellWhatCameWithTheEndOnTheEnd() {
        pbx.apply(queued("sales")).apply(chat(ChatAction.CLEARED).text(TEXT, "bye"));

        assertEquals(List.of("chat.queued", "chat.dequeued", "chat.cleared"), pbx.types());
        assertEquals("", pbx.last("chat.dequeued").text());
        assertEquals("abandoned", pbx.last("chat.dequeued").reason());
        assertEquals("bye", pbx.last("chat.cleared").text());
    }

    @Test
    void shouldTellWhatCameWithALeavingOnTheLeaving() {
        pbx.apply(queued("sales")).apply(chat(ChatAction.DEQUEUED).put(2, Codes.TIMED_OUT).text(TEXT, "nobody there"));

        assertEquals("nobody there", pbx.last("chat.dequeued").text());
        assertEquals("timed-out", pbx.last("chat.dequeued").reason());
    }

    @Test
    void shouldMakeNoGroupWhenTheChatIsOver() {
        pbx.apply(queued("sales")).apply(chat(ChatAction.CLEARED));
        final long before = pbx.core.digest();
        pbx.applyAs(queued("late").from(1, Long.MIN_VALUE, 1));
        assertEquals(Outcome.IGNORED, pbx.outcome);
        assertEquals(before, pbx.core.digest());
    }

    @Test
    void shouldIgnoreAFactAboutALegThatIsAChat() {
        pbx.apply(queued("sales"));
        final long before = pbx.core.digest();
        pbx.applyAs(FoldHarness.recording(true, "c1").from(1, Codes.NULL_LONG, 1));
        assertEquals(Outcome.IGNORED, pbx.outcome);
        assertEquals(before, pbx.core.digest());
    }

    @Test
    void shouldOpenNoChatForTheEndOfAStayThatWasNeverSeen() {
        pbx.apply(chat(ChatAction.DEQUEUED));
        assertEquals(Outcome.IGNORED, pbx.outcome);
        assertEquals(0, pbx.core.openSessions());
        assertTrue(pbx.told.isEmpty());

        pbx.apply(chat(ChatAction.ESTABLISHED));
        assertEquals(List.of("chat.established"), pbx.types());
        assertTrue(pbx.last("chat.established").inferred());
        assertEquals("connected", pbx.last("chat.established").state());
    }

    @Test
    void shouldKeepASilentChangeForTheStatusAndTheNextEvent() {
        pbx.apply(queued("sales")).apply(queued("sales"));
        assertEquals(Outcome.NO_CHANGE, pbx.outcome);
        assertEquals(Map.of("c1", "  visitor incoming"), StatusWalk.of(pbx.core));

        pbx.apply(queued("sales").text(REMOTE_PARTY, "visitor-2"));
        assertEquals(Outcome.APPLIED, pbx.outcome);
        assertEquals(Map.of("c1", "  visitor-2 incoming"), StatusWalk.of(pbx.core));
        assertEquals(1, pbx.told.size());

        for (final ChatAction action : List.of(ChatAction.INITIATED, ChatAction.ESTABLISHED, ChatAction.ESTABLISHED, ChatAction.DEQUEUED)) {
            pbx.apply(chat(action).text(REMOTE_PARTY, "visitor-2"));
        }
        assertEquals(Outcome.NO_CHANGE, pbx.outcome);
        pbx.apply(chat(ChatAction.ESTABLISHED).text(REMOTE_PARTY, "visitor-2").text(USER, "201"));
        assertEquals(Outcome.APPLIED, pbx.outcome);
        pbx.apply(chat(ChatAction.TRANSFERRED).text(REMOTE_PARTY, "visitor-2"));
        assertEquals("201", pbx.last("chat.transferred").user());
        assertEquals("visitor-2", pbx.last("chat.transferred").remote());
    }

    private static Signal queued(final String group) {
        return chat(ChatAction.QUEUED).text(GROUP, group);
    }

    static Signal chat(final ChatAction action) {
        return new Signal(ChatDecoder.TEMPLATE_ID, ChatDecoder.BLOCK_LENGTH, 10).put(0, action.value()).put(1, 0).put(2, Codes.NULL)
            .put(3, Codes.NULL).text(0, "c1").text(REMOTE_PARTY, "visitor");
    }
}

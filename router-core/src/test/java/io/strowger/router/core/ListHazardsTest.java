package io.strowger.router.core;

import static io.strowger.router.core.FoldHarness.hangup;
import static io.strowger.router.core.FoldHarness.membership;
import static io.strowger.router.core.FoldHarness.queue;
import static io.strowger.router.core.FoldHarness.registration;
import static io.strowger.router.core.FoldHarness.seen;
import static io.strowger.router.core.FoldHarness.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.ChatAction;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.ListKind;
import io.strowger.codecs.sbe.Media;
import io.strowger.codecs.sbe.MembershipAction;
import io.strowger.codecs.sbe.QueueAction;
import io.strowger.codecs.sbe.RegistrationDecoder;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.codecs.sbe.SourceGapDecoder;
import io.strowger.codecs.sbe.SourceHelloDecoder;
import io.strowger.router.record.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Lists that are not whole, that meet other lists, or whose connection ends.
 */
final class ListHazardsTest {
    private final FoldHarness pbx = FoldHarness.up();
    private long otherSequence;

    @Test
    void shouldEndNothingByAListWithAHoleInIt() {
        pbx.apply(seen("u101", "u101")).apply(seen("u102", "u102")).apply(Listed.begin(ListKind.LEGS));
        pbx.apply(Listed.leg("u101", "u101", LegState.UP));
        pbx.apply(new Signal(SourceGapDecoder.TEMPLATE_ID, SourceGapDecoder.BLOCK_LENGTH, 1).putLongAt(0, 3).putLongAt(8, 300));
        pbx.apply(Listed.end(ListKind.LEGS));
        assertEquals(Outcome.IGNORED, pbx.outcome);
        assertEquals(2, pbx.payOwed().core.openSessions());
        assertFalse(pbx.types().contains("source.resynchronised"));
    }

    @Test
    void shouldEndNothingByAListThatLacksItems() {
        pbx.apply(seen("u101", "u101")).apply(seen("u102", "u102")).apply(Listed.begin(ListKind.LEGS));
        pbx.apply(Listed.leg("u101", "u101", LegState.UP)).apply(Listed.end(ListKind.LEGS, 2));
        assertEquals(Outcome.IGNORED, pbx.outcome);
        assertEquals(2, pbx.payOwed().core.openSessions());
    }

    @Test
    void shouldGoOnEndingWhatAWholeListDidNotShowWhenItsConnectionEnds() {
        pbx.apply(seen("u101", "u101")).apply(Listed.begin(ListKind.LEGS)).apply(Listed.end(ListKind.LEGS)).down().hello(true).payOwed();
        assertEquals("not-in-snapshot", pbx.last("call.cleared").cause());
    }

    @Test
    void shouldGoOnEndingWhatAWholeListDidNotShowWhenAnotherBeginsAndNeverEnds() {
        pbx.apply(seen("u101", "u101")).apply(seen("u102", "u102")).apply(Listed.begin(ListKind.LEGS, "x"));
        pbx.apply(Listed.leg("u102", "u102", LegState.UP).text(8, "x")).apply(Listed.end(ListKind.LEGS, "x"));
        pbx.apply(Listed.begin(ListKind.LEGS, "y"));
        final FoldHarness copy = pbx.restored();
        assertEquals(pbx.core.digest(), copy.core.digest());
        pbx.payOwed();
        assertEquals(List.of("call.cleared", "source.resynchronised"), pbx.types().subList(pbx.types().size() - 2, pbx.types().size()));
        assertEquals(1, pbx.core.openSessions());
        copy.payOwed();
        assertEquals(pbx.core.digest(), copy.core.digest());
    }

    @Test
    void shouldGoOnWithWhatAWholeListOfQueuesDidNotShowWhenAnotherBegins() {
        pbx.apply(seen("t1", "t1")).apply(queue(QueueAction.JOINED, "t1", "sales"));
        pbx.apply(seen("t2", "t2")).apply(queue(QueueAction.JOINED, "t2", "support"));
        pbx.apply(membership(MembershipAction.ADDED, "201", "sales")).apply(membership(MembershipAction.ADDED, "202", "support"));
        pbx.apply(Listed.begin(ListKind.QUEUES, "x")).apply(Listed.queue("sales").text(8, "x")).apply(Listed.end(ListKind.QUEUES, "x"));
        pbx.apply(Listed.begin(ListKind.QUEUES, "y")).apply(Listed.queue("sales").text(8, "y")).apply(Listed.queue("support").text(8, "y"));
        final FoldHarness copy = pbx.restored();
        pbx.told.clear();
        pbx.payOwed();
        assertEquals(List.of("call.dequeued", "group.logged-out"), pbx.types(), "sales is whole, support's list goes on");
        assertEquals("t1", pbx.last("call.dequeued").id());
        pbx.told.clear();
        pbx.apply(membership(MembershipAction.REMOVED, "202", "support")).apply(Listed.member("202", "support", false).text(8, "y"));
        pbx.apply(Listed.end(ListKind.QUEUES, "y")).payOwed();
        assertEquals(List.of("group.logged-out", "call.dequeued"), pbx.types(), "an older item brings nobody back");
        copy.payOwed();
        copy.apply(membership(MembershipAction.REMOVED, "202", "support")).apply(Listed.member("202", "support", false).text(8, "y"));
        copy.apply(Listed.end(ListKind.QUEUES, "y")).payOwed();
        assertEquals(pbx.core.digest(), copy.core.digest());
    }

    @Test
    void shouldEndChatsByNoListOfCallsWhenAListOfChatsBeginsBehindIt() {
        pbx.apply(ChatFoldTest.chat(ChatAction.INITIATED)).apply(Listed.begin(ListKind.LEGS, "x").put(1, Media.CALL.value()));
        pbx.apply(Listed.end(ListKind.LEGS, "x")).apply(Listed.begin(ListKind.LEGS, "y").put(1, Media.CHAT.value()));
        final FoldHarness copy = pbx.restored();
        assertEquals(1, pbx.payOwed().core.openSessions());
        assertEquals(pbx.core.digest(), copy.payOwed().core.digest());
    }

    @Test
    void shouldNotTakeAListOfChatsForTheTruthAboutCalls() {
        pbx.apply(seen("u101", "u101")).down().hello(true);
        pbx.apply(Listed.begin(ListKind.LEGS).put(1, Media.CHAT.value())).apply(Listed.end(ListKind.LEGS)).payOwed();
        assertFalse(pbx.types().contains("source.resynchronised"));
        assertEquals(1, pbx.core.openSessions());
    }

    @Test
    void shouldPutABegunLegIntoItsBridgeWhateverAnotherFactWasAbout() {
        pbx.apply(seen("t1", "t1")).apply(Listed.begin(ListKind.LEGS));
        pbx.apply(state("t1", "t1", LegState.UP)).apply(state("t1", "t1", LegState.UP));
        pbx.apply(Listed.inBridge(Listed.leg("u101", "u101", LegState.UP), "b1"));
        pbx.apply(Listed.inBridge(Listed.leg("u102", "u101", LegState.UP), "b1"));
        pbx.apply(Listed.end(ListKind.LEGS)).payOwed().later(60_000).apply(hangup("u101", 16));
        assertEquals(60_000, pbx.last("call.cleared").talkMs());
    }

    @Test
    void shouldKeepQueuesOfOneNameOfTwoSourcesApart() {
        other(hello("pbx-2"));
        pbx.apply(seen("t1", "t1")).apply(queue(QueueAction.JOINED, "t1", "sales"));
        other(Listed.begin(ListKind.QUEUES));
        other(Listed.queue("sales"));
        pbx.apply(Listed.begin(ListKind.QUEUES)).apply(Listed.queue("sales")).apply(Listed.end(ListKind.QUEUES)).payOwed();
        assertEquals("t1", pbx.last("call.dequeued").id());
        pbx.told.clear();
        other(Listed.member("209", "sales", false));
        assertEquals(List.of(), pbx.types(), "the other's first list is learned as well");
    }

    @Test
    void shouldPayASmallSourceBesideALargeOne() {
        other(hello("pbx-2"));
        other(seen("u201", "u201"));
        for (int i = 0; i < 900; i++) {
            pbx.apply(seen("t" + i, "t" + i));
        }
        pbx.apply(Listed.begin(ListKind.LEGS)).apply(Listed.end(ListKind.LEGS));
        other(Listed.begin(ListKind.LEGS));
        other(Listed.end(ListKind.LEGS));
        pbx.payOnce().payOnce();
        assertTrue(pbx.types().contains("source.resynchronised"), pbx.types()::toString);
        assertTrue(pbx.core.openSessions() > 0);
    }

    @Test
    void shouldForgetMembersThatLeftWhileAListThatNeverEndedWasOpen() {
        for (int i = 0; i < 3_000; i++) {
            final String user = "2" + i % 40;
            final String group = "q" + i / 40 % 40;
            pbx.apply(Listed.begin(ListKind.QUEUES)).apply(membership(MembershipAction.ADDED, user, group));
            pbx.apply(membership(MembershipAction.REMOVED, user, group));
            assertEquals(Outcome.APPLIED, pbx.outcome);
            if (0 == i % 10) {
                pbx.down().hello(true);
            }
        }
    }

    @Test
    void shouldGiveADeviceToWhoHasItNow() {
        pbx.apply(device("101", true)).apply(device("102", true)).apply(device("102", false)).apply(registration(true, "103"));
        assertEquals(List.of("user.logged-in 101", "user.logged-out 101", "user.logged-in 102", "user.logged-out 102",
            "user.logged-in 103"), pbx.told.stream().map(told -> told.type() + " " + told.user()).toList());
    }

    @Test
    void shouldRefuseTheNameOfAnotherTenantsSource() {
        pbx.applyAs(hello("pbx-1").from(1, 1_000, 0).tenant(2));
        assertEquals(Outcome.REJECTED, pbx.outcome);
        assertEquals(RejectReason.NOT_ALLOWED.value(), pbx.reason);
    }

    private void other(final Signal signal) {
        pbx.applyAs(signal.from(2, ++otherSequence, 1_000));
    }

    private static Signal device(final String user, final boolean in) {
        return new Signal(RegistrationDecoder.TEMPLATE_ID, RegistrationDecoder.BLOCK_LENGTH, 3).put(0, in ? 0 : 1).text(0, user)
            .text(1, "dev7");
    }

    private static Signal hello(final String name) {
        return new Signal(SourceHelloDecoder.TEMPLATE_ID, SourceHelloDecoder.BLOCK_LENGTH, 4).put(8, 1).text(0, name);
    }
}

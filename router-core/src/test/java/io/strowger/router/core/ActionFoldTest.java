package io.strowger.router.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.ActionKind;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.sbe.MembershipAction;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.router.record.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What becomes of one action.
 */
final class ActionFoldTest {
    private static final long MINUTE_MS = 60_000;
    private static final TickLimits KEEP_A_MINUTE = new TickLimits(-1, -1, MINUTE_MS);

    private final FoldHarness pbx = new FoldHarness();
    private final ActionView view = new ActionView();

    @BeforeEach
    void shouldBeUpWithAGrant() {
        pbx.apply(Asked.hello("pbx-1", Asked.EVERYTHING)).apply(FoldHarness.seen("u101", "c1"))
            .apply(FoldHarness.registration(true, "102")).applyFrom(0, Asked.grant("crm", Asked.EVERYTHING, "1*,200", "support"));
        pbx.told.clear();
    }

    @Test
    void shouldBeAcceptedAndEndOnceWithWhatItsSourceSays() {
        final long action = accepted(Asked.hangUp("k1", "u101", pbx.inMs(MINUTE_MS)));
        assertEquals(1, pbx.core.ownerOf(action));
        said(1, Asked.result(action, ActionStatus.SENT, null, null), Outcome.APPLIED);
        said(1, Asked.result(action, ActionStatus.SENT, null, null), Outcome.NO_CHANGE);
        assertEquals(List.of(), pbx.told);
        said(1, Asked.result(action, ActionStatus.DONE, null, "Channel Hungup"), Outcome.APPLIED);
        final Told end = end("hang-up", "done", "Channel Hungup");
        assertEquals("u101", end.id());
        assertEquals("c1", end.call());
        assertEquals("101", end.user());
        assertEquals("crm", end.by());
        assertEquals("k1", end.reference());
        assertEquals("pbx-1", end.source());
        said(1, Asked.result(action, ActionStatus.FAILED, null, null), Outcome.NO_CHANGE);
        assertEquals(1, pbx.told.size());
        assertEquals(0, pbx.core.ownerOf(action));
    }

    @Test
    void shouldNameTheLegThatTheResultNames() {
        final long action = accepted(Asked.generateCall("k1", "102", pbx.inMs(MINUTE_MS)));
        pbx.apply(FoldHarness.seen("u102-9", "c9"));
        pbx.told.clear();
        said(1, Asked.result(action, ActionStatus.DONE, "u102-9", null), Outcome.APPLIED);
        final Told end = end("generate-call", "done", "");
        assertEquals("u102-9", end.id());
        assertEquals("c9", end.call());
        assertTrue(find("k1"));
        assertEquals("u102-9", text(view.nativeId(), view.nativeIdOffset(), view.nativeIdLength()));
    }

    @Test
    void shouldDoNothingTwiceWhenAKeyIsRepeated() {
        final long action = accepted(Asked.hangUp("k1", "u101", pbx.inMs(MINUTE_MS)));
        refused(Asked.generateCall("k1", "102", pbx.inMs(MINUTE_MS)), Outcome.DUPLICATE, 0);
        said(1, Asked.result(action, ActionStatus.FAILED, null, "busy"), Outcome.APPLIED);
        refused(Asked.hangUp("k1", "u101", pbx.inMs(MINUTE_MS)), Outcome.DUPLICATE, 0);
        assertEquals(1, pbx.told.size());
        assertTrue(find("k1"));
        assertEquals(action, view.sequence());
        assertEquals(ActionStatus.FAILED.value(), view.status());
        assertEquals("busy", text(view.text(), view.textOffset(), view.textLength()));
        assertTrue(view.endSequence() > action);
        assertEquals(1, view.source());
        assertFalse(find("k2"));
    }

    @Test
    void shouldFailAtOnceInThisOrder() {
        final long soon = pbx.inMs(MINUTE_MS);
        failed("not allowed", Asked.ask(ActionKind.HANG_UP, "nobody", "a", soon).text(0, "u101"));
        failed("target is missing", Asked.generateCall("b", null, soon));
        failed("not allowed", Asked.generateCall("c", "301", soon));
        failed("no such user", Asked.generateCall("d", "199", soon));
        failed("no such session", Asked.hangUp("e", "u999", soon));
        failed("no such source", Asked.hangUp("f", "u101", soon).text(4, "pbx-9"));
        failed("no such group", Asked.ask(ActionKind.GROUP_LOG_IN, "crm", "g", soon).text(2, "101").text(3, "support"));
        failed("not allowed", Asked.ask(ActionKind.GROUP_LOG_IN, "crm", "h", soon).text(2, "101").text(3, "sales"));
        failed("target is missing", Asked.ask(ActionKind.GROUP_LOG_IN, "crm", "i", soon).text(2, "101"));
        failed("deadline has passed", Asked.hangUp("j", "u101", pbx.inMs(0)));
        pbx.apply(FoldHarness.seen("u301", "c3")).apply(FoldHarness.seen("t1", "c4"));
        failed("not allowed", Asked.hangUp("k", "u301", soon));
        failed("not allowed", Asked.hangUp("l", "t1", soon));
        pbx.applyFrom(2, Asked.hello("pbx-2", Asked.EVERYTHING)).applyAs(FoldHarness.seen("u101", "c7").from(2, 1, 1_000));
        failed("ambiguous session", Asked.hangUp("m", "u101", soon));
        accepted(Asked.hangUp("n", "u101", soon).text(4, "pbx-2"));
        pbx.apply(Asked.hello("pbx-1", 1));
        failed("source cannot do this", Asked.hangUp("o", "u101", soon).text(4, "pbx-1"));
        pbx.apply(FoldHarness.hangup("u101", 16)).down();
        failed("source is down", Asked.generateCall("p", "102", soon));
        refused(Asked.hangUp("a", "u101", soon).text(1, "nobody"), Outcome.DUPLICATE, 0);
    }

    @Test
    void shouldAskTheSourceThatHasNamedAUserLastUntilOneShowsHim() {
        pbx.apply(FoldHarness.membership(MembershipAction.ADDED, "103", "support"));
        assertEquals(1, pbx.core.ownerOf(accepted(Asked.generateCall("k1", "103", pbx.inMs(MINUTE_MS)))));
        pbx.applyFrom(2, Asked.hello("pbx-2", Asked.EVERYTHING))
            .applyAs(FoldHarness.membership(MembershipAction.ADDED, "103", "support").from(2, 1, 1_000));
        assertEquals(2, pbx.core.ownerOf(accepted(Asked.generateCall("k2", "103", pbx.inMs(MINUTE_MS)))), "it may have come in its place");
        pbx.apply(FoldHarness.registration(true, "103"))
            .applyAs(FoldHarness.membership(MembershipAction.PAUSED, "103", "support").from(2, 2, 1_000));
        assertEquals(1, pbx.core.ownerOf(accepted(Asked.generateCall("k3", "103", pbx.inMs(MINUTE_MS)))), "his device is there");
        final FoldHarness again = pbx.restored();
        assertEquals(pbx.core.digest(), again.core.digest());
    }

    @Test
    void shouldSayTheTenantAndNoSourceWhenNoneWasFound() {
        failed("not allowed", Asked.hangUp("k1", "u101", pbx.inMs(MINUTE_MS)).tenant(1).text(1, "other"));
        assertEquals("", pbx.last("action.result").source());
        pbx.applyAs(Asked.grant("crm", Asked.EVERYTHING, "*", "*").from(0, Codes.NULL_LONG, 1_000).tenant(2));
        pbx.applyAs(Asked.hangUp("k1", "u101", pbx.inMs(MINUTE_MS)).from(0, Codes.NULL_LONG, 1_000).tenant(2));
        final Told end = pbx.last("action.result");
        assertEquals("no such session", end.text(), "what another tenant has is not there");
        assertEquals(2, end.tenant());
        assertEquals("", end.user());
    }

    @Test
    void shouldRefuseNamesThatAreNone() {
        final long soon = pbx.inMs(MINUTE_MS);
        refused(Asked.hangUp("", "u101", soon), Outcome.REJECTED, RejectReason.NATIVE_ID_MISSING.value());
        refused(Asked.hangUp("k".repeat(65), "u101", soon), Outcome.REJECTED, RejectReason.NATIVE_ID_TOO_LONG.value());
        refused(Asked.grant("", 1, "*", "*"), Outcome.REJECTED, RejectReason.NATIVE_ID_MISSING.value());
        pbx.applyFrom(1, Asked.hangUp("k1", "u101", soon));
        assertEquals(Outcome.REJECTED, pbx.outcome);
        assertEquals(RejectReason.NOT_ALLOWED.value(), pbx.reason);
        accepted(Asked.hangUp("k".repeat(64), "u101", soon));
    }

    @Test
    void shouldGrantChangeAndRevoke() {
        refused(Asked.grant("crm", Asked.EVERYTHING, "1*,200", "support"), Outcome.NO_CHANGE, 0);
        refused(Asked.grant("crm", 1, "1*,200", "support"), Outcome.APPLIED, 0);
        failed("not allowed", Asked.hangUp("a", "u101", pbx.inMs(MINUTE_MS)));
        refused(Asked.revoke("crm"), Outcome.APPLIED, 0);
        refused(Asked.revoke("crm"), Outcome.NO_CHANGE, 0);
        failed("not allowed", Asked.generateCall("b", "102", pbx.inMs(MINUTE_MS)));
    }

    @Test
    void shouldGoToTheSourceThatSpokeLastOfTheUserOrTheGroup() {
        pbx.applyFrom(2, Asked.hello("pbx-2", Asked.EVERYTHING)).applyAs(FoldHarness.registration(true, "102").from(2, 1, 1_000));
        assertEquals(2, pbx.core.ownerOf(accepted(Asked.generateCall("a", "102", pbx.inMs(MINUTE_MS)))));
        pbx.apply(FoldHarness.seen("u102", "c2"));
        assertEquals(1, pbx.core.ownerOf(accepted(Asked.generateCall("b", "102", pbx.inMs(MINUTE_MS)))));
        pbx.applyAs(FoldHarness.membership(MembershipAction.ADDED, "102", "support").from(2, 2, 1_000));
        final Signal logOff = Asked.ask(ActionKind.GROUP_LOG_OFF, "crm", "c", pbx.inMs(MINUTE_MS)).text(2, "102").text(3, "support");
        final long action = accepted(logOff);
        assertEquals(2, pbx.core.ownerOf(action));
    }

    @Test
    void shouldEndAsUnknownWhenItsSourceHasGone() {
        final long one = accepted(Asked.hangUp("k1", "u101", pbx.inMs(MINUTE_MS)));
        accepted(Asked.generateCall("k2", "102", pbx.inMs(MINUTE_MS)));
        pbx.down();
        said(1, Asked.result(one, ActionStatus.DONE, null, null), Outcome.NO_CHANGE);
        pbx.apply(Asked.hello("pbx-1", Asked.EVERYTHING));
        said(1, Asked.result(one, ActionStatus.DONE, null, null), Outcome.NO_CHANGE);
        final long three = accepted(Asked.generateCall("k3", "102", pbx.inMs(MINUTE_MS)));
        pbx.told.clear();
        pbx.payOwed();
        assertEquals(List.of("k1", "k2"), pbx.told.stream().map(Told::reference).toList());
        assertEquals(List.of("unknown", "unknown"), pbx.told.stream().map(Told::status).toList());
        assertEquals("source went down", pbx.told.get(0).text());
        assertEquals(1, pbx.core.ownerOf(three));
        pbx.told.clear();
        pbx.apply(Asked.hello("pbx-1", Asked.EVERYTHING)).payOwed();
        assertEquals("k3", pbx.last("action.result").reference(), "a hello over a connection nobody has ended");
        accepted(Asked.generateCall("k4", "102", pbx.inMs(MINUTE_MS)));
        pbx.booted(null, "run-1").booted(null, "run-2").payOwed();
        assertEquals("k4", pbx.last("action.result").reference(), "a restart");
        accepted(Asked.generateCall("k5", "102", pbx.inMs(MINUTE_MS)));
        pbx.disconnected().payOwed();
        assertEquals("k5", pbx.last("action.result").reference(), "a router that starts again");
    }

    @Test
    void shouldTakeASourceForDownUntilItsEpochIsKnown() {
        pbx.down().apply(Asked.hello("pbx-1", Asked.EVERYTHING).put(8, 0));
        failed("source is down", Asked.generateCall("k1", "102", pbx.inMs(MINUTE_MS)));
        pbx.booted(null, "run-1");
        accepted(Asked.generateCall("k2", "102", pbx.inMs(MINUTE_MS)));
    }

    @Test
    void shouldTimeOutByDeadlineThenSequence() {
        accepted(Asked.hangUp("k1", "u101", pbx.inMs(300)));
        accepted(Asked.generateCall("k2", "102", pbx.inMs(200)));
        final long three = accepted(Asked.generateCall("k3", "102", pbx.inMs(200)));
        accepted(Asked.generateCall("k4", "102", pbx.inMs(MINUTE_MS)));
        pbx.later(199);
        assertFalse(pbx.core.isTickDue(TickLimits.NEVER, pbx.inMs(0)));
        pbx.later(101);
        assertTrue(pbx.core.isTickDue(TickLimits.NEVER, pbx.inMs(0)));
        pbx.tick(TickLimits.NEVER);
        assertFalse(pbx.core.isTickDue(TickLimits.NEVER, pbx.inMs(0)), "it is owed now");
        said(1, Asked.result(three, ActionStatus.DONE, null, null), Outcome.NO_CHANGE);
        pbx.payOwed();
        assertEquals(List.of("k2", "k3", "k1"), pbx.told.stream().map(Told::reference).toList());
        assertEquals("timed-out", pbx.last("action.result").status());
        assertEquals("no result before the deadline", pbx.last("action.result").text());
        assertFalse(pbx.core.owes());
    }

    @Test
    void shouldForgetAResultThatWasKeptLongEnough() {
        final long action = accepted(Asked.hangUp("k1", "u101", pbx.inMs(10 * MINUTE_MS)));
        said(1, Asked.result(action, ActionStatus.DONE, null, null), Outcome.APPLIED);
        pbx.later(MINUTE_MS - 1);
        assertFalse(pbx.core.isTickDue(KEEP_A_MINUTE, pbx.inMs(0)));
        refused(Asked.hangUp("k1", "u101", pbx.inMs(10 * MINUTE_MS)), Outcome.DUPLICATE, 0);
        pbx.later(1);
        assertTrue(pbx.core.isTickDue(KEEP_A_MINUTE, pbx.inMs(0)));
        assertFalse(pbx.core.isTickDue(TickLimits.NEVER, pbx.inMs(0)));
        pbx.tick(KEEP_A_MINUTE);
        assertFalse(find("k1"));
        assertFalse(pbx.core.isTickDue(KEEP_A_MINUTE, pbx.inMs(0)));
        accepted(Asked.hangUp("k1", "u101", pbx.inMs(10 * MINUTE_MS)));
    }

    @Test
    void shouldPayManyInSmallRecordsAndForgetManyInTurns() {
        final int many = 2_500;
        final FoldHarness large = new FoldHarness(new CoreSettings(10, 10, 10, 10, many, many, many, 42));
        large.apply(Asked.hello("pbx-1", 1)).apply(FoldHarness.registration(true, "102"));
        large.applyFrom(0, Asked.grant("crm", 1, "*", null));
        for (int i = 0; i < many; i++) {
            large.applyFrom(0, Asked.generateCall("k" + i, "102", large.inMs(MINUTE_MS)));
        }
        large.applyFrom(0, Asked.generateCall("k", "102", large.inMs(MINUTE_MS)));
        assertEquals(RejectReason.CAPACITY.value(), large.reason);
        large.told.clear();
        large.later(MINUTE_MS).tick(TickLimits.NEVER);
        int paid = 0;
        while (large.core.owes()) {
            large.payOnce();
            assertTrue(large.told.size() - paid <= 1_024);
            paid = large.told.size();
        }
        assertEquals(many, paid);
        large.later(MINUTE_MS).tick(KEEP_A_MINUTE);
        int records = 1;
        while (large.core.owes()) {
            large.payOnce();
            records++;
        }
        assertEquals((many + ActionTurns.MOST_FORGOTTEN - 1) / ActionTurns.MOST_FORGOTTEN, records);
        large.applyFrom(0, Asked.generateCall("k", "102", large.inMs(MINUTE_MS)));
        assertEquals(Outcome.APPLIED, large.outcome);
    }

    @Test
    void shouldForgetAfterAMinuteWhatFailedAtOnce() {
        failed("no such user", Asked.generateCall("k1", "199", pbx.inMs(MINUTE_MS)));
        pbx.later(MINUTE_MS - 1);
        assertFalse(pbx.core.isTickDue(TickLimits.NEVER, pbx.inMs(0)));
        refused(Asked.generateCall("k1", "102", pbx.inMs(MINUTE_MS)), Outcome.DUPLICATE, 0);
        pbx.later(1);
        assertTrue(pbx.core.isTickDue(TickLimits.NEVER, pbx.inMs(0)));
        pbx.tick(TickLimits.NEVER);
        accepted(Asked.generateCall("k1", "102", pbx.inMs(MINUTE_MS)));
    }

    @Test
    void shouldLetNoActionWaitForEver() {
        accepted(Asked.generateCall("k1", "102", Long.MAX_VALUE));
        pbx.later(365L * 24 * 60 * MINUTE_MS - 1);
        assertFalse(pbx.core.isTickDue(TickLimits.NEVER, pbx.inMs(0)));
        pbx.later(1).tick(TickLimits.NEVER).payOwed();
        assertEquals("timed-out", pbx.last("action.result").status());
    }

    @Test
    void shouldFailAtOnceWhenItsSourceHasTooMany() {
        final FoldHarness small = new FoldHarness(new CoreSettings(10, 10, 10, 10, 10, 10, 1, 42));
        small.apply(Asked.hello("pbx-1", 1)).apply(FoldHarness.registration(true, "102"));
        small.applyFrom(0, Asked.grant("crm", 1, "*", null));
        small.applyFrom(0, Asked.generateCall("a", "102", small.inMs(MINUTE_MS)));
        small.applyFrom(0, Asked.generateCall("b", "102", small.inMs(MINUTE_MS)));
        assertEquals("source has too many actions", small.last("action.result").text());
    }

    @Test
    void shouldWriteTheFailureOfAnActionThatItsSourceCanNotGet() {
        final long action = accepted(Asked.hangUp("k1", "u101", pbx.inMs(MINUTE_MS)));
        final UnsafeBuffer words = new UnsafeBuffer("source takes no actions".getBytes(StandardCharsets.US_ASCII));
        assertTrue(pbx.core.failAction(action, words, 0, words.capacity(), pbx.inMs(0)));
        assertFalse(pbx.core.failAction(action, words, 0, words.capacity(), pbx.inMs(0)));
        pbx.later(0).applyFrom(1, Asked.result(action, ActionStatus.DONE, null, null));
        end("hang-up", "failed", "source takes no actions");
        assertEquals(1, pbx.told.size());
    }

    @Test
    void shouldCutTheWordsOfAResultBetweenCharacters() {
        final long action = accepted(Asked.hangUp("k1", "u101", pbx.inMs(MINUTE_MS)));
        said(1, Asked.result(action, ActionStatus.FAILED, null, "a".repeat(255) + "\u00e4b"), Outcome.APPLIED);
        end("hang-up", "failed", "a".repeat(255));
    }

    private long accepted(final Signal ask) {
        final int before = pbx.told.size();
        pbx.applyFrom(0, ask);
        assertEquals(Outcome.APPLIED, pbx.outcome);
        assertEquals(before, pbx.told.size(), () -> pbx.told.toString());
        return pbx.out.sequence();
    }

    private void failed(final String text, final Signal ask) {
        final int before = pbx.told.size();
        pbx.applyFrom(0, ask);
        assertEquals(before + 1, pbx.told.size(), text);
        assertEquals("failed " + text, pbx.last("action.result").status() + ' ' + pbx.last("action.result").text());
    }

    private void refused(final Signal ask, final Outcome outcome, final int reason) {
        pbx.applyFrom(0, ask);
        assertEquals(outcome, pbx.outcome);
        assertEquals(reason, pbx.reason);
    }

    private void said(final int source, final Signal result, final Outcome outcome) {
        pbx.applyFrom(source, result);
        assertEquals(outcome, pbx.outcome);
    }

    private Told end(final String action, final String status, final String text) {
        final Told end = pbx.last("action.result");
        assertEquals(action + ' ' + status + ' ' + text, end.action() + ' ' + end.status() + ' ' + end.text());
        return end;
    }

    private boolean find(final String key) {
        final UnsafeBuffer client = new UnsafeBuffer("crm".getBytes(StandardCharsets.US_ASCII));
        final UnsafeBuffer bytes = new UnsafeBuffer(key.getBytes(StandardCharsets.US_ASCII));
        return pbx.core.action(1, client, 0, client.capacity(), bytes, 0, bytes.capacity(), view);
    }

    private static String text(final DirectBuffer bytes, final int offset, final int length) {
        return 0 == length ? "" : bytes.getStringWithoutLengthUtf8(offset, length);
    }
}

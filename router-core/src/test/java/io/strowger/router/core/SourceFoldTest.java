package io.strowger.router.core;

import static io.strowger.router.core.FoldHarness.hangup;
import static io.strowger.router.core.FoldHarness.queue;
import static io.strowger.router.core.FoldHarness.registration;
import static io.strowger.router.core.FoldHarness.seen;
import static io.strowger.router.core.FoldHarness.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.ListKind;
import io.strowger.codecs.sbe.QueueAction;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.codecs.sbe.SourceHelloDecoder;
import io.strowger.router.record.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SourceFoldTest {
    @Test
    void shouldChangeNothingBeforeTheEpochIsKnown() {
        final FoldHarness pbx = new FoldHarness().hello(false).apply(seen("u101", "u101"));
        assertEquals(Outcome.BEFORE_EPOCH, pbx.outcome);
        assertEquals(List.of("source.up"), pbx.types());

        pbx.booted(60_000).apply(seen("u101", "u101"));
        assertEquals(List.of("source.up", "call.initiated"), pbx.types());
    }

    @Test
    void shouldLearnFromAListWhoIsAtWorkWhenThatWasSaidBeforeTheEpochWasKnown() {
        final FoldHarness pbx = new FoldHarness().hello(false).apply(registration(true, "101"));
        assertEquals(Outcome.BEFORE_EPOCH, pbx.outcome);
        pbx.apply(Listed.begin(ListKind.REGISTRATIONS)).booted(60_000).apply(Listed.end(ListKind.REGISTRATIONS)).payOwed();
        assertEquals(List.of("source.up"), pbx.types());

        pbx.apply(Listed.begin(ListKind.REGISTRATIONS)).apply(Listed.device("101")).apply(Listed.end(ListKind.REGISTRATIONS)).payOwed();
        assertEquals(List.of("source.up", "user.logged-in"), pbx.types());
    }

    @Test
    void shouldRefuseFactsOfASourceThatNeverSaidHello() {
        final FoldHarness pbx = new FoldHarness().apply(seen("u101", "u101"));
        assertEquals(Outcome.REJECTED, pbx.outcome);
        assertEquals(RejectReason.UNKNOWN_SOURCE.value(), pbx.reason);
        assertTrue(pbx.told.isEmpty());
        pbx.hello(true).apply(seen("u101", "u101"));
        assertEquals(0, pbx.reason);
    }

    @Test
    void shouldRefuseFactsOfAnotherTenantAndTakeThemForNothing() {
        final FoldHarness pbx = FoldHarness.up().apply(seen("u101", "u101"));
        final long digest = pbx.core.digest();
        refused(pbx.applyAs(hangup("u101", 16).from(1, 1_000, 0).tenant(2)), RejectReason.NOT_ALLOWED);
        assertEquals(digest, pbx.core.digest());
        assertEquals(Outcome.APPLIED, pbx.apply(hangup("u101", 16)).outcome);
    }

    @Test
    void shouldKeepTheSourcesOfTwoTenantsApartThatHaveOneName() {
        final FoldHarness pbx = FoldHarness.up();
        assertEquals(2, pbx.core.sourceNumber(2, "pbx-1"));
        assertEquals(Outcome.APPLIED, pbx.applyAs(hello("pbx-1").from(2, 0, 0).tenant(2)).outcome);
        assertEquals(1, pbx.core.sourceNumber(1, "pbx-1"));
        assertEquals(2, pbx.core.sourceNumber(2, "pbx-1"));
        assertEquals(2, pbx.restored().core.sourceNumber(2, "pbx-1"));
    }

    @Test
    void shouldSayWhyWhenThereIsNoRoomForASessionUserGroupOrSource() {
        final FoldHarness pbx = new FoldHarness(new CoreSettings(1, 1, 1, 1, 42)).hello(true).apply(seen("t1", "t1"));
        refused(pbx.apply(seen("t2", "t2")), RejectReason.CAPACITY);
        pbx.apply(hangup("t1", 16)).apply(seen("u101", "u101")).apply(queue(QueueAction.JOINED, "u101", "sales"));
        pbx.apply(queue(QueueAction.JOINED, "u101", "support"));
        refused(pbx, RejectReason.CAPACITY);
        pbx.apply(hangup("u101", 16));
        refused(pbx.apply(seen("u102", "u102")), RejectReason.CAPACITY);
        refused(pbx.applyAs(hello("pbx-2").from(2, 0, 0)), RejectReason.CAPACITY);
    }

    @Test
    void shouldRefuseAHelloThatHasNoNameOrAWrongNumberOrTheNameOfAnother() {
        final FoldHarness pbx = new FoldHarness().hello(true);
        refused(pbx.applyAs(hello("").from(2, 0, 0)), RejectReason.NOT_ALLOWED);
        refused(pbx.applyAs(hello("pbx-2").from(0, 0, 0)), RejectReason.NOT_ALLOWED);
        refused(pbx.applyAs(hello("pbx-2").from(11, 0, 0)), RejectReason.CAPACITY);
        refused(pbx.applyAs(hello("pbx-1").from(2, 0, 0)), RejectReason.NOT_ALLOWED);
        refused(pbx.applyAs(hello("pbx-2").from(1, 9, 0)), RejectReason.NOT_ALLOWED);
        assertEquals(Outcome.APPLIED, pbx.applyAs(hello("pbx-2").from(2, 0, 0)).outcome);
    }

    @Test
    void shouldTakeHellosOfNewSourcesInAnyOrder() {
        final FoldHarness pbx = new FoldHarness().hello(true);
        assertEquals(Outcome.APPLIED, pbx.applyAs(hello("pbx-3").from(3, 0, 0)).outcome);
        refused(pbx.applyAs(seen("u101", "u101").from(2, 0, 0)), RejectReason.UNKNOWN_SOURCE);
        assertEquals(Outcome.APPLIED, pbx.applyAs(hello("pbx-2").from(2, 0, 0)).outcome);
        assertEquals(2, pbx.core.sourceNumber(1, "pbx-2"));
        assertEquals(4, pbx.core.sourceNumber(1, "pbx-4"));
    }

    @Test
    void shouldSayOfEverySourceThatItIsGoneWhenTheRouterStartsAgain() {
        final FoldHarness pbx = FoldHarness.up().apply(seen("u101", "u101")).disconnected();
        assertEquals("source.down", pbx.told.get(pbx.told.size() - 1).type());
        assertEquals(1, pbx.core.openSessions());
        pbx.told.clear();
        pbx.disconnected();
        assertEquals(List.of(), pbx.types());
    }

    @Test
    void shouldKnowARepeatByItsSourceSequence() {
        final FoldHarness pbx = FoldHarness.up().apply(seen("u101", "u101"));
        pbx.applyAs(seen("u102", "u102").from(1, pbx.sequence(), 0));
        assertEquals(Outcome.DUPLICATE, pbx.outcome);
        assertEquals(1, pbx.core.openSessions());
        assertEquals(pbx.sequence(), pbx.core.lastSourceSequence(1));
    }

    @Test
    void shouldSayHowManySignalsAreMissingWhenTheSourceNumbersThemWithoutHoles() {
        final FoldHarness pbx = new FoldHarness().applyAs(dense(1).from(1, 10, 1_000));
        pbx.applyAs(seen("u101", "u101").from(1, 11, 1_000)).applyAs(seen("u102", "u102").from(1, 15, 2_000));
        assertEquals(List.of("source.up", "call.initiated", "source.gap", "call.initiated"), pbx.types());
        assertEquals("3 signals", pbx.last("source.gap").text());
        assertEquals("", pbx.last("call.initiated").text());
        assertEquals(2_000, pbx.last("source.gap").timeMs());

        pbx.applyAs(seen("u103", "u103").from(1, 14, 2_000));
        assertEquals(Outcome.DUPLICATE, pbx.outcome);
        pbx.applyAs(hangup("nobody", 16).from(1, 16, 2_000)).applyAs(dense(1).from(1, 19, 3_000));
        assertEquals("2 signals", pbx.last("source.gap").text());
        pbx.applyAs(hangup("nobody", 16).from(1, 20, 2_000)).applyAs(hangup("nobody", 16).from(1, 22, 3_000));
        assertEquals(Outcome.APPLIED, pbx.outcome);
        assertEquals("1 signal", pbx.last("source.gap").text());
    }

    @Test
    void shouldSayNothingOfHolesInNumbersThatArePlacesOrOfASignalWithoutOne() {
        final FoldHarness pbx = new FoldHarness().applyAs(dense(0).from(1, 10, 1_000)).applyAs(seen("u101", "u101").from(1, 4_096, 1_000));
        pbx.applyAs(dense(1).from(1, 1L << 40, 1_000)).applyAs(seen("u102", "u102").from(1, Codes.NULL_LONG, 1_000));
        pbx.applyAs(seen("u103", "u103").from(1, (1L << 40) + 1, 1_000)).applyAs(dense(0).from(1, 1L << 50, 1_000));
        assertFalse(pbx.types().contains("source.gap"), pbx.types().toString());
    }

    @Test
    void shouldHaveAnotherDigestWhenOnlyTheNumberingDiffers() {
        assertNotEquals(new FoldHarness().applyAs(dense(0).from(1, 1, 1_000)).core.digest(),
            new FoldHarness().applyAs(dense(1).from(1, 1, 1_000)).core.digest());
    }

    private static Signal dense(final int dense) {
        return hello("pbx-1").put(9, dense);
    }

    @Test
    void shouldNotTakeAReconnectForARestart() {
        final FoldHarness pbx = FoldHarness.up().apply(seen("u101", "u101"));
        pbx.down().later(30_000).hello(false).booted(91_500);
        assertEquals(List.of("call.initiated", "source.down", "source.up"), pbx.types());
        assertFalse(pbx.core.owes());
        assertEquals(1, pbx.core.openSessions());
    }

    @Test
    void shouldOweEachSessionOneEndAfterARestart() {
        final FoldHarness pbx = FoldHarness.up();
        pbx.apply(seen("u101", "u101")).apply(state("u101", "u101", LegState.UP)).apply(queue(QueueAction.JOINED, "u101", "support"));
        pbx.apply(seen("u102", "u102"));
        pbx.down().later(5_000).hello(false).booted(1_000);
        assertTrue(pbx.core.owes());
        pbx.told.clear();
        pbx.payOwed();

        assertEquals(List.of("call.dequeued", "call.cleared", "call.cleared"), pbx.types());
        assertEquals("left", pbx.last("call.dequeued").reason());
        assertEquals("source-restarted", pbx.last("call.cleared").cause());
        assertEquals(0, pbx.core.openSessions());
    }

    @Test
    void shouldEndTheOldSessionFirstWhenItsNativeIdComesAgain() {
        final FoldHarness pbx = FoldHarness.up().apply(seen("u101", "u101")).apply(seen("u102", "u102"));
        pbx.down().later(5_000).hello(false).booted(1_000);
        pbx.told.clear();
        pbx.apply(seen("u101", "u101"));

        assertEquals(List.of("call.cleared", "call.initiated"), pbx.types());
        assertEquals("source-restarted", pbx.last("call.cleared").cause());
        pbx.payOwed().apply(hangup("u101", 16));
        assertEquals(1, pbx.told.stream().filter(e -> "u102".equals(e.id()) && "call.cleared".equals(e.type())).count());
        assertEquals(0, pbx.core.openSessions());
    }

    @Test
    void shouldPayManyEndsInPiecesOfAtMost1024Records() {
        final FoldHarness pbx = new FoldHarness(new CoreSettings(5_000, 100, 10, 10, 7)).hello(false).booted(60_000);
        for (int i = 0; i < 5_000; i++) {
            pbx.apply(seen("t" + i, "t" + i));
        }
        pbx.down().later(5_000).hello(false).booted(1_000);
        pbx.told.clear();
        int pieces = 0;
        while (pbx.core.owes()) {
            final int before = pbx.told.size();
            final long from = pbx.out.sequence();
            pbx.core.payOwed(Long.MAX_VALUE);
            assertTrue(pbx.out.sequence() - from <= 1_024);
            pbx.out.reset();
            assertEquals(before, pbx.told.size());
            pieces++;
        }
        assertTrue(pieces > 4);
        assertEquals(0, pbx.core.openSessions());
    }

    private static Signal hello(final String name) {
        return new Signal(SourceHelloDecoder.TEMPLATE_ID, SourceHelloDecoder.BLOCK_LENGTH, 4).put(8, 1).text(0, name);
    }

    private static void refused(final FoldHarness pbx, final RejectReason reason) {
        assertEquals(Outcome.REJECTED, pbx.outcome);
        assertEquals(reason.value(), pbx.reason);
    }

    @Test
    void shouldGiveNewNamesTheNextNumbersAndKnownNamesTheirs() {
        final FoldHarness pbx = new FoldHarness();
        assertEquals(1, pbx.core.sourceNumber(1, "pbx-1"));
        assertEquals(2, pbx.core.sourceNumber(1, "pbx-2"));
        assertEquals(1, pbx.core.sourceNumber(1, "pbx-1"));
        pbx.hello(true);
        assertEquals(1, pbx.core.sourceNumber(1, "pbx-1"));
        assertEquals(2, pbx.core.sourceNumber(1, "pbx-2"));
    }
}

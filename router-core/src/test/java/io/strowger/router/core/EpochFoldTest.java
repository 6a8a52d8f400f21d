package io.strowger.router.core;

import static io.strowger.router.core.FoldHarness.hangup;
import static io.strowger.router.core.FoldHarness.recording;
import static io.strowger.router.core.FoldHarness.seen;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.record.Outcome;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * When a source has restarted and when it has only come back, by whatever it tells of its epoch; and each dead epoch ends in its own time.
 */
final class EpochFoldTest {
    private final FoldHarness pbx = new FoldHarness();

    @Test
    void shouldNotTakeAnUptimeForARestartWhenTheNamedRunIsOlder() {
        connect(null, "uuid-1").apply(seen("u101", "u101"));
        connect(60_000L, null);
        connect(null, "uuid-1");
        connect(62_000L, "uuid-1");
        assertEquals(0, restarts());
        assertEquals(1, pbx.core.openSessions());
    }

    @Test
    void shouldSeeTheRestartWhenTheRunBootedAfterTheNamedOneWasSeen() {
        connect(null, "uuid-1").apply(seen("u101", "u101"));
        pbx.later(3_600_000);
        connect(20_000L, null);
        assertEquals(1, restarts());
        connect(21_000L, null);
        connect(null, "uuid-2");
        connect(23_000L, "uuid-2");
        assertEquals(1, restarts(), "the name of the run that is known by its uptime");
    }

    @Test
    void shouldSeeTheRestartWhenTheNameIsAnotherThoughTheUptimeWasToldBetween() {
        connect(null, "uuid-1");
        connect(60_000L, null);
        connect(null, "uuid-2");
        assertEquals(1, restarts());
        connect(4_000_000L, null);
        assertEquals(1, restarts(), "booted before it was first told of");
    }

    @Test
    void shouldSeeTheRestartByTheUptimeThoughTheNameIsTheSame() {
        connect(60_000L, "pbx").apply(seen("u101", "u101"));
        connect(61_000L, "pbx");
        assertEquals(0, restarts());
        pbx.later(60_000);
        connect(2_000L, "pbx");
        assertEquals(1, restarts());
    }

    @Test
    void shouldSeeTheRestartByTheNameThoughTheBootsAreNear() {
        connect(500L, "uuid-1");
        connect(500L, "uuid-2");
        assertEquals(1, restarts());
    }

    @Test
    void shouldTakeAnUptimeThatCanNotBeForNone() {
        connect(60_000L, null);
        connect(-5L, null);
        connect(Long.MAX_VALUE, null);
        assertEquals(0, restarts());
    }

    @Test
    void shouldKeepTheNameOfAnEpochForItsEventsWhenMoreIsToldOfIt() {
        connect(null, "uuid-1").apply(seen("u101", "u101"));
        final long epoch = pbx.last("call.initiated").epoch();
        assertNotEquals(0, epoch);
        connect(60_000L, null).apply(hangup("u101", 16));
        assertEquals(epoch, pbx.last("call.cleared").epoch());
    }

    @Test
    void shouldHaveAnotherDigestWhenOnlyMoreWasToldOfTheEpoch() {
        connect(null, "uuid-1");
        pbx.booted(60_000L, null);
        assertEquals(Outcome.APPLIED, pbx.outcome);
        final FoldHarness other = new FoldHarness().later(1_000).hello(false).booted(null, "uuid-1").booted(null, "uuid-1");
        assertEquals(Outcome.NO_CHANGE, other.outcome);
        assertNotEquals(other.core.digest(), pbx.core.digest());
        pbx.booted(60_000L, "uuid-1");
        assertEquals(Outcome.NO_CHANGE, pbx.outcome);
    }

    @Test
    void shouldEndEachDeadEpochInItsOwnTimeWhenTheSourceRestartsAgainBeforeTheEndsArePaid() {
        connect(60_000L, null).apply(seen("u101", "u101")).apply(recording(true, "u101"));
        for (int epoch = 2; epoch <= 7; epoch++) {
            pbx.later(100_000);
            connect(1_000L, null).apply(seen("u10" + epoch, "u10" + epoch));
        }
        pbx.payOwed();
        final List<Told> ends = pbx.told.stream().filter(told -> "call.cleared".equals(told.type())).collect(Collectors.toList());
        assertEquals(List.of("u101", "u102", "u103", "u104", "u105", "u106"),
            ends.stream().map(Told::id).collect(Collectors.toList()));
        for (int i = 0; i < ends.size(); i++) {
            assertEquals(1_000_000 + 101_000L * i + 101_000 + 1_000, ends.get(i).timeMs(), "end " + i);
        }
        assertEquals(101_000, pbx.last("history.call-recorded").durationMs());
    }

    @Test
    void shouldPayTheEndsOfAllDeadEpochsWhenItIsReadAgainHoweverManyThereAre() {
        connect(60_000L, null).apply(seen("u101", "u101"));
        for (int epoch = 2; epoch <= 40; epoch++) {
            pbx.later(100_000);
            connect(1_000L, null).apply(seen("u" + (100 + epoch), "u" + (100 + epoch)));
            final FoldHarness copy = pbx.restored();
            assertEquals(pbx.core.digest(), copy.core.digest(), "epoch " + epoch);
            assertTrue(new WrittenState(pbx.core).equalTo(new WrittenState(copy.core)), "epoch " + epoch);
        }
        final FoldHarness copy = pbx.restored();
        pbx.later(100_000);
        copy.later(100_000);
        // one more, which the ring that was read must have room for
        pbx.booted(1_000L, null).payOwed();
        copy.booted(1_000L, null).payOwed();
        assertEquals(pbx.out.chain(), copy.out.chain());
        assertEquals(40, copy.types().stream().filter("call.cleared"::equals).count());
    }

    /** A new connection, a second later, that tells this of the epoch. */
    private FoldHarness connect(final Long uptimeMs, final String name) {
        return pbx.later(1_000).hello(false).booted(uptimeMs, name);
    }

    private long restarts() {
        return pbx.types().stream().filter("source.restarted"::equals).count();
    }
}

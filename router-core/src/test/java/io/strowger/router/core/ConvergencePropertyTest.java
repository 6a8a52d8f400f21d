package io.strowger.router.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.DialPhase;
import io.strowger.codecs.sbe.DialStatus;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.ParkAction;
import io.strowger.codecs.sbe.QueueAction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever is lost, repeated or out of order: a session ends at most once, is established at most once, tells nothing behind its end, and
 * is gone once its end was seen; and the same signals always give the same chain and digest.
 */
final class ConvergencePropertyTest {
    @Property(tries = 300)
    void shouldConvergeUnderLossRepetitionAndReordering(@ForAll final long seed) {
        final Random random = new Random(seed);
        final List<Supplier<Signal>> story = disturbed(random);
        final FoldHarness pbx = run(story);
        final Set<String> ended = new HashSet<>();
        final Set<String> established = new HashSet<>();
        for (final Told told : pbx.told) {
            assertTrue(!ended.contains(told.id()), () -> "told behind its end: " + told);
            if ("call.cleared".equals(told.type())) {
                ended.add(told.id());
            }
            if ("call.established".equals(told.type())) {
                assertTrue(established.add(told.id()), () -> "established twice: " + told);
            }
        }
        for (int leg = 0; leg < 6; leg++) {
            pbx.apply(FoldHarness.hangup("u10" + leg, 16));
        }
        assertEquals(0, pbx.core.openSessions());
        balanced(pbx, "call.queued", "call.dequeued");
        balanced(pbx, "call.parked", "call.unparked");
    }

    @Property(tries = 100)
    void shouldGiveTheSameChainAndDigestForTheSameSignals(@ForAll final long seed) {
        final FoldHarness one = run(disturbed(new Random(seed)));
        final FoldHarness two = run(disturbed(new Random(seed)));
        assertEquals(one.out.chain(), two.out.chain());
        assertEquals(one.core.digest(), two.core.digest());
    }

    @Property(tries = 50)
    void shouldNotDependOnTheSeedOfTheHashes(@ForAll final long seed, @ForAll final long hashSeed) {
        final FoldHarness one = run(disturbed(new Random(seed)));
        final FoldHarness two = feed(new FoldHarness(new CoreSettings(1_000, 1_000, 1_000, 10, hashSeed))
            .hello(true), disturbed(new Random(seed)));
        assertEquals(one.out.chain(), two.out.chain());
        assertEquals(one.core.digest(), two.core.digest());
    }

    @Property(tries = 50)
    void shouldNotDependOnWhatIsAnnounced(@ForAll final long seed) {
        final FoldHarness one = run(disturbed(new Random(seed)));
        final FoldHarness two = feed(new FoldHarness().announcing().hello(true), disturbed(new Random(seed)));
        assertEquals(one.out.chain(), two.out.chain());
        assertEquals(one.core.digest(), two.core.digest());
    }

    private static void balanced(final FoldHarness pbx, final String begins, final String ends) {
        assertEquals(pbx.types().stream().filter(begins::equals).count(), pbx.types().stream().filter(ends::equals).count());
    }

    private static FoldHarness run(final List<Supplier<Signal>> story) {
        return feed(new FoldHarness().hello(true), story);
    }

    private static FoldHarness feed(final FoldHarness pbx, final List<Supplier<Signal>> story) {
        for (final Supplier<Signal> fact : story) {
            pbx.later(10).apply(fact.get());
        }
        return pbx;
    }

    /** A story of three calls with facts dropped, repeated and moved. */
    private static List<Supplier<Signal>> disturbed(final Random random) {
        final List<Supplier<Signal>> story = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            final String a = "u10" + random.nextInt(6);
            final String b = "u10" + random.nextInt(6);
            story.add(fact(random.nextInt(16), a, b, random.nextInt(3)));
        }
        final int moves = random.nextInt(20);
        for (int i = 0; i < moves; i++) {
            Collections.swap(story, random.nextInt(story.size()), random.nextInt(story.size()));
        }
        return story;
    }

    private static Supplier<Signal> fact(final int kind, final String a, final String b, final int members) {
        final List<Supplier<Signal>> kinds = List.of(
            () -> FoldHarness.seen(a, a),
            () -> FoldHarness.seen(a, b),
            () -> FoldHarness.state(a, b, LegState.RINGING),
            () -> FoldHarness.state(a, a, LegState.UP),
            () -> FoldHarness.dial(DialPhase.BEGIN, DialStatus.NULL_VAL, a, b, a),
            () -> FoldHarness.dial(DialPhase.END, DialStatus.ANSWER, a, b, a),
            () -> FoldHarness.bridge(true, a, a, "b" + members, members),
            () -> FoldHarness.bridge(false, a, a, "b" + members, members),
            () -> FoldHarness.hold(0 == members, a),
            () -> FoldHarness.queue(0 == members ? QueueAction.JOINED : QueueAction.LEFT, a, "support"),
            () -> FoldHarness.queue(0 == members ? QueueAction.CONNECTED : QueueAction.ABANDONED, a, "support"),
            () -> FoldHarness.park(0 == members ? ParkAction.PARKED : ParkAction.RETRIEVED, a, "70" + members),
            () -> FoldHarness.recording(0 == members, a),
            () -> FoldHarness.transfer(0, a, b, "555"),
            () -> FoldHarness.hangup(a, 16),
            () -> FoldHarness.hangupAsked(a));
        return kinds.get(kind);
    }
}

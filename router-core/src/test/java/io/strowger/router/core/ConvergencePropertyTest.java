package io.strowger.router.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.DialPhase;
import io.strowger.codecs.sbe.DialStatus;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.ListKind;
import io.strowger.codecs.sbe.MembershipAction;
import io.strowger.codecs.sbe.ParkAction;
import io.strowger.codecs.sbe.QueueAction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever is lost, repeated or out of order, listed or expired: a session ends at most once, is established at most once, tells nothing
 * behind its end, and is gone once its end was seen; and the same signals always give the same chain and digest.
 */
final class ConvergencePropertyTest {
    private static final int KINDS = 30;

    @Property(tries = 300)
    void shouldConvergeUnderLossRepetitionAndReordering(@ForAll final long seed) {
        final Random random = new Random(seed);
        final List<Consumer<FoldHarness>> story = disturbed(random);
        final FoldHarness pbx = run(story);
        final Set<String> ended = new HashSet<>();
        final Set<String> established = new HashSet<>();
        for (final Told told : pbx.told) {
            final String life = told.id() + " of " + told.epoch();
            assertTrue(told.id().isEmpty() || !ended.contains(life), () -> "told behind its end: " + told);
            if ("call.cleared".equals(told.type())) {
                ended.add(life);
            }
            if ("call.established".equals(told.type())) {
                assertTrue(established.add(life), () -> "established twice: " + told);
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

    @Property(tries = 300)
    void shouldShowTheSessionsThatAClientFoldsFromTheEvents(@ForAll final long seed) {
        final FoldHarness pbx = new FoldHarness().hello(true);
        int read = 0;
        final Map<String, String> folded = new TreeMap<>();
        for (final Consumer<FoldHarness> fact : disturbed(new Random(seed))) {
            fact.accept(pbx.later(10));
            pbx.payOwed();
            for (; read < pbx.told.size(); read++) {
                final Told told = pbx.told.get(read);
                if ("call.cleared".equals(told.type())) {
                    folded.remove(told.id());
                } else if (!told.id().isEmpty()) {
                    folded.put(told.id(), told.call() + " " + told.user() + " " + told.remote() + " " + told.direction());
                }
            }
            assertEquals(folded, StatusWalk.of(pbx.core));
        }
    }

    private static void balanced(final FoldHarness pbx, final String begins, final String ends) {
        assertEquals(pbx.types().stream().filter(begins::equals).count(), pbx.types().stream().filter(ends::equals).count());
    }

    private static FoldHarness run(final List<Consumer<FoldHarness>> story) {
        return feed(new FoldHarness().hello(true), story);
    }

    private static FoldHarness feed(final FoldHarness pbx, final List<Consumer<FoldHarness>> story) {
        for (final Consumer<FoldHarness> fact : story) {
            fact.accept(pbx.later(10));
            pbx.payOwed();
        }
        return pbx;
    }

    /** A story of three calls with facts dropped, repeated and moved. */
    static List<Consumer<FoldHarness>> disturbed(final Random random) {
        final List<Consumer<FoldHarness>> story = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            final String a = "u10" + random.nextInt(6);
            final String b = "u10" + random.nextInt(6);
            story.add(fact(random.nextInt(KINDS), a, b, random.nextInt(3)));
        }
        final int moves = random.nextInt(20);
        for (int i = 0; i < moves; i++) {
            Collections.swap(story, random.nextInt(story.size()), random.nextInt(story.size()));
        }
        return story;
    }

    private static ListKind list(final int kind) {
        return List.of(ListKind.QUEUES, ListKind.PARKED, ListKind.BRIDGES).get(kind);
    }

    private static Consumer<FoldHarness> fact(final int kind, final String a, final String b, final int members) {
        final List<Consumer<FoldHarness>> kinds = List.of(
            pbx -> pbx.apply(FoldHarness.seen(a, a)),
            pbx -> pbx.apply(FoldHarness.seen(a, b)),
            pbx -> pbx.apply(FoldHarness.state(a, b, LegState.RINGING)),
            pbx -> pbx.apply(FoldHarness.state(a, a, LegState.UP)),
            pbx -> pbx.apply(FoldHarness.dial(DialPhase.BEGIN, DialStatus.NULL_VAL, a, b, a)),
            pbx -> pbx.apply(FoldHarness.dial(DialPhase.END, DialStatus.ANSWER, a, b, a)),
            pbx -> pbx.apply(FoldHarness.bridge(true, a, a, "b" + members, members)),
            pbx -> pbx.apply(FoldHarness.bridge(false, a, a, "b" + members, members)),
            pbx -> pbx.apply(FoldHarness.hold(0 == members, a)),
            pbx -> pbx.apply(FoldHarness.queue(0 == members ? QueueAction.JOINED : QueueAction.LEFT, a, "support")),
            pbx -> pbx.apply(FoldHarness.queue(0 == members ? QueueAction.CONNECTED : QueueAction.ABANDONED, a, "support")),
            pbx -> pbx.apply(FoldHarness.park(0 == members ? ParkAction.PARKED : ParkAction.RETRIEVED, a, "70" + members)),
            pbx -> pbx.apply(FoldHarness.recording(0 == members, a)),
            pbx -> pbx.apply(FoldHarness.transfer(0, a, b, "555")),
            pbx -> pbx.apply(FoldHarness.hangup(a, 16)),
            pbx -> pbx.apply(FoldHarness.hangupAsked(a)),
            pbx -> pbx.apply(FoldHarness.membership(
                0 == members ? MembershipAction.REMOVED : MembershipAction.ADDED, "20" + members, "support")),
            pbx -> pbx.apply(FoldHarness.registration(0 != members, "20" + members)),
            pbx -> pbx.apply(Listed.begin(list(members))),
            pbx -> pbx.apply(Listed.end(list(members))),
            pbx -> pbx.apply(Listed.begin(ListKind.LEGS)),
            pbx -> pbx.apply(Listed.inBridge(Listed.leg(a, b, 0 == members ? LegState.RINGING : LegState.UP), "b" + members)),
            pbx -> pbx.apply(Listed.held(Listed.leg(a, a, LegState.UP), 0 == members)),
            pbx -> pbx.apply(Listed.end(ListKind.LEGS)),
            pbx -> pbx.apply(Listed.waiting(a, "support")),
            pbx -> pbx.apply(Listed.member("20" + members, "support", 0 == members)),
            pbx -> pbx.apply(Listed.parked(a, "70" + members)),
            pbx -> pbx.down().hello(true),
            pbx -> pbx.later(60_000).tick(30_000, 50_000),
            pbx -> pbx.booted(1_000L * members, null));
        return kinds.get(kind);
    }
}

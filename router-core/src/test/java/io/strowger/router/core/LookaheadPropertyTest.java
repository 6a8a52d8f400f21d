package io.strowger.router.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.router.record.BlockWriter;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * A core that looks ahead says what one says that never does, however many signals are announced at a time, and whatever comes between the
 * announcement and the fold: signals that nobody has announced, what is paid, a restart.
 */
final class LookaheadPropertyTest {
    private static final int MOST_ANNOUNCED = 20;
    /** One of so many signals. */
    private static final int UNANNOUNCED = 4;
    private static final int NEVER = Integer.MAX_VALUE;
    private static final int ALWAYS = 0;

    @Property(tries = 300)
    void shouldChangeNothingOfWhatIsFolded(@ForAll final long seed) {
        final Random random = new Random(seed);
        final FoldHarness told = new FoldHarness();
        final List<FoldHarness.Applied> steps = told.keeping();
        told.hello(true);
        for (final Consumer<FoldHarness> fact : ConvergencePropertyTest.disturbed(random)) {
            fact.accept(told.later(10));
            if (told.core.owes() && random.nextBoolean()) {
                told.payOnce();
            }
        }

        final Folded alone = new Folded(NEVER);
        final Folded ahead = new Folded(ALWAYS);
        int announced = 0;
        for (int i = 0; i < steps.size(); i++) {
            if (i == announced) {
                announced = Math.min(steps.size(), i + 2 + random.nextInt(MOST_ANNOUNCED - 1));
                ahead.announce(steps.subList(i, announced).stream().filter(step -> 0 != random.nextInt(UNANNOUNCED)).toList());
            }
            alone.apply(steps.get(i));
            ahead.apply(steps.get(i));
        }

        assertEquals(alone.out.chain(), ahead.out.chain());
        assertEquals(alone.core.digest(), ahead.core.digest());
    }

    /** A core and what it writes. */
    private static final class Folded {
        private final BlockWriter out = new BlockWriter(64 * 1024);
        private final Core core;

        Folded(final int fewSessions) {
            core = new Core(new CoreSettings(1_000, 1_000, 1_000, 10, 42), out, fewSessions);
        }

        void announce(final List<FoldHarness.Applied> steps) {
            for (final FoldHarness.Applied step : steps) {
                if (null != step.signal()) {
                    core.expect(step.signal(), 0, step.signal().capacity());
                }
            }
            core.warm();
        }

        void apply(final FoldHarness.Applied step) {
            if (null == step.signal()) {
                core.payOwed(step.timeNs());
            } else {
                core.apply(step.signal(), 0, step.signal().capacity(), step.timeNs());
            }
            // how much of what is owed is paid depends on the room in the block
            out.reset();
        }
    }
}

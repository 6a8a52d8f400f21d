package io.strowger.router.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.MembershipAction;
import io.strowger.codecs.sbe.QueueAction;
import io.strowger.router.state.StateFormatException;
import io.strowger.router.state.StateInput;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * A state that is written and read again is the same, is written as the same bytes, and goes on as if nothing had been.
 */
final class StateWriterPropertyTest {
    /** Some times what the reading of a small state takes. */
    private static final long MOST_TAKEN = 256 * 1024;

    @Property(tries = 150)
    void shouldGoOnAsBeforeWhenItIsReadAgain(@ForAll final long seed) {
        final Random random = new Random(seed);
        final List<Consumer<FoldHarness>> story = ConvergencePropertyTest.disturbed(random);
        final FoldHarness pbx = new FoldHarness().hello(true);
        FoldHarness copy = pbx.restored();
        for (final Consumer<FoldHarness> fact : story) {
            if (0 == random.nextInt(20)) {
                copy = restored(pbx);
            }
            step(pbx, fact);
            step(copy, fact);
        }
        assertEquals(pbx.out.sequence(), copy.out.sequence());
        assertEquals(pbx.out.chain(), copy.out.chain());
        assertEquals(pbx.core.digest(), copy.core.digest());
        assertTrue(new WrittenState(pbx.core).equalTo(new WrittenState(copy.core)), "other bytes");
    }

    @Property(tries = 50)
    void shouldWriteTheSameBytesWhateverTheSeedOfTheHashes(@ForAll final long seed, @ForAll final long hashSeed) {
        final FoldHarness one = new FoldHarness().hello(true);
        final FoldHarness two = new FoldHarness(new CoreSettings(1_000, 1_000, 1_000, 10, hashSeed)).hello(true);
        for (final Consumer<FoldHarness> fact : ConvergencePropertyTest.disturbed(new Random(seed))) {
            step(one, fact);
            step(two, fact);
        }
        assertTrue(new WrittenState(one.core).equalTo(new WrittenState(two.core)), "other bytes");
    }

    @Test
    void shouldKeepThatACallIsPartOfAnother() {
        final FoldHarness pbx = FoldHarness.up();
        pbx.apply(FoldHarness.seen("u101", "a"));
        pbx.apply(FoldHarness.seen("u102", "b").text(9, "u101"));
        pbx.apply(FoldHarness.state("u102", "b", LegState.UP));
        assertTrue(StatusWalk.of(pbx.core).getOrDefault("u102", "").startsWith("a "), () -> StatusWalk.of(pbx.core).toString());
        final FoldHarness copy = pbx.restored();
        assertEquals(StatusWalk.of(pbx.core), StatusWalk.of(copy.core));
        pbx.apply(FoldHarness.seen("u103", "b"));
        copy.apply(FoldHarness.seen("u103", "b"));
        assertEquals(pbx.out.chain(), copy.out.chain());
    }

    @Test
    void shouldRefuseAStateThatIsCut() {
        final FoldHarness pbx = FoldHarness.up();
        pbx.apply(FoldHarness.seen("u101", "u101"));
        final int length = new WrittenState(pbx.core).length();
        for (int cut = 1; cut < length; cut++) {
            final WrittenState written = new WrittenState(pbx.core).cut(cut);
            final Core core = core(10);
            assertThrows(StateFormatException.class, () -> core.read(written.input()), "without the last " + cut);
        }
    }

    /** A state with another number, or another word, may be one. */
    @Test
    void shouldReadOrRefuseAStateWithAnyOtherByte() {
        final FoldHarness pbx = busy();
        final int length = new WrittenState(pbx.core).length();
        int refused = 0;
        for (int place = 0; place < length; place++) {
            for (final int by : new int[] {1, 2, 0x40, 0x7F}) {
                final WrittenState written = new WrittenState(pbx.core).changed(place, by);
                final Core core = core(10);
                try {
                    core.read(written.input());
                } catch (final StateFormatException | IndexOutOfBoundsException | IllegalArgumentException expected) {
                    refused++;
                }
                core.close();
            }
        }
        assertTrue(refused > length / 2, "refused: " + refused + " of " + 4 * length);
    }

    /** Whatever a number says that there is: memory is taken for what is read, and no sooner. */
    @Test
    void shouldTakeNoMemoryForWhatIsNotThereWhenANumberIsAbsurd() {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final FoldHarness pbx = busy();
        final int length = new WrittenState(pbx.core).length();
        for (int place = 0; place <= length - Integer.BYTES; place++) {
            for (final int absurd : new int[] {1 << 16, 1 << 20, 1 << 30, Integer.MAX_VALUE, -1}) {
                final StateInput input = new WrittenState(pbx.core).with(place, absurd).input();
                final Core core = core(10);
                final long before = threads.getCurrentThreadAllocatedBytes();
                try {
                    core.read(input);
                } catch (final StateFormatException | IndexOutOfBoundsException | IllegalArgumentException expected) {
                    // what it takes until then is looked at
                }
                final long taken = threads.getCurrentThreadAllocatedBytes() - before;
                core.close();
                assertTrue(taken < MOST_TAKEN, taken + " bytes for " + absurd + " at " + place);
            }
        }
    }

    @Test
    void shouldRefuseAStateOfAnotherPart() {
        final FoldHarness pbx = FoldHarness.up();
        final WrittenState written = new WrittenState(pbx.core).changed(0, 1);
        final Core core = core(10);
        assertThrows(StateFormatException.class, () -> core.read(written.input()));
    }

    @Test
    void shouldRefuseAStateThatDoesNotFit() {
        final FoldHarness pbx = FoldHarness.up();
        for (int leg = 0; leg < 20; leg++) {
            pbx.apply(FoldHarness.seen("u10" + leg, "u10" + leg));
        }
        final WrittenState written = new WrittenState(pbx.core);
        final Core core = core(10);
        assertThrows(StateFormatException.class, () -> core.read(written.input()));
    }

    /** Something of everything but actions. */
    private static FoldHarness busy() {
        final FoldHarness pbx = FoldHarness.up();
        pbx.apply(FoldHarness.registration(true, "101"));
        pbx.apply(FoldHarness.membership(MembershipAction.ADDED, "101", "support"));
        pbx.apply(FoldHarness.seen("u101", "a"));
        pbx.apply(FoldHarness.seen("u102", "b").text(9, "u101"));
        pbx.apply(FoldHarness.bridge(true, "u101", "a", "mix", 2));
        pbx.apply(FoldHarness.queue(QueueAction.JOINED, "u102", "support"));
        pbx.apply(FoldHarness.hangup("u103", 16));
        return pbx;
    }

    private static Core core(final int capacity) {
        return new Core(new CoreSettings(capacity, 10, 10, 10, 1), new FoldHarness().out);
    }

    /** Now and then something stays owed while the state is written. */
    private static void step(final FoldHarness pbx, final Consumer<FoldHarness> fact) {
        fact.accept(pbx.later(10));
        if (pbx.core.owes()) {
            pbx.payOnce();
        }
    }

    private static FoldHarness restored(final FoldHarness pbx) {
        final FoldHarness copy = pbx.restored();
        assertEquals(pbx.core.digest(), copy.core.digest(), "behind the reading");
        assertTrue(new WrittenState(pbx.core).equalTo(new WrittenState(copy.core)), "other bytes");
        return copy;
    }
}

package io.strowger.codecs.admission;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.catalog.RandomSignals;
import io.strowger.codecs.catalog.SignalCatalog;
import io.strowger.codecs.catalog.SignalView;
import io.strowger.codecs.catalog.TemplateDescriptor;
import io.strowger.codecs.sbe.RejectReason;
import java.nio.ByteOrder;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Every verdict depends on the slice alone: the same bytes are judged amid zeros, amid ones, and at the very end of a buffer.
 */
final class AdmissionPropertyTest {
    private static final int GUARD = 64;
    private static final int MUTANTS = 20;

    private final SignalCatalog catalog = SignalCatalog.current();
    private final AdmissionWalk walk = new AdmissionWalk(TemplateSet.all());
    private final UnsafeBuffer signal = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH + GUARD]);

    @Property(tries = 100)
    void shouldJudgeByTheSliceAlone(@ForAll final long seed) {
        final RandomSignals signals = new RandomSignals(seed);
        final Random random = new Random(seed);
        for (final TemplateDescriptor template : catalog.templates()) {
            final int length = signals.write(template, signal, 0);
            assertEquals(0, judge(length, seed), () -> template.name() + " of seed " + seed);
            for (int i = 0; i < MUTANTS; i++) {
                final int mutated = mutate(random, length);
                assertReadable(judge(mutated, seed), mutated, seed);
            }
        }
    }

    @Property(tries = 2000)
    void shouldBearAnyBytes(@ForAll final byte[] bytes) {
        final int length = Math.min(bytes.length, signal.capacity());
        signal.putBytes(0, bytes, 0, length);
        judge(length, 0);
    }

    private int judge(final int length, final long seed) {
        final UnsafeBuffer zeros = new UnsafeBuffer(new byte[length + 2 * GUARD]);
        final UnsafeBuffer ones = new UnsafeBuffer(new byte[length + 2 * GUARD]);
        ones.setMemory(0, ones.capacity(), (byte)0xFF);
        final UnsafeBuffer last = new UnsafeBuffer(new byte[length]);
        zeros.putBytes(GUARD, signal, 0, length);
        ones.putBytes(GUARD, signal, 0, length);
        last.putBytes(0, signal, 0, length);
        final int verdict = walk.check(zeros, GUARD, length);
        assertEquals(verdict, walk.check(ones, GUARD, length), () -> "seed " + seed);
        assertEquals(verdict, walk.check(last, 0, length), () -> "seed " + seed);
        assertTrue(0 == verdict || RejectReason.SBE_UNKNOWN != RejectReason.get((short)verdict), () -> "seed " + seed);
        return verdict;
    }

    /** What is let in can be read to its last byte. */
    private void assertReadable(final int verdict, final int length, final long seed) {
        if (AdmissionWalk.ADMITTED == verdict) {
            final SignalView view = new SignalView(catalog);
            assertDoesNotThrow(() -> view.wrap(signal, 0, length), () -> "seed " + seed);
        }
    }

    private int mutate(final Random random, final int length) {
        switch (random.nextInt(5)) {
            case 0 -> signal.putByte(random.nextInt(length), (byte)random.nextInt());
            case 1 -> signal.putShort(2 * random.nextInt(4), (short)random.nextInt(), ByteOrder.LITTLE_ENDIAN);
            case 2 -> {
                final int at = SignalLayout.varDataOffset(signal, 0);
                if (at + 2 <= length) {
                    signal.putShort(at, (short)random.nextInt(200), ByteOrder.LITTLE_ENDIAN);
                }
            }
            case 3 -> signal.putByte(random.nextInt(length), (byte)(signal.getByte(random.nextInt(length)) + 1));
            default -> {
                return random.nextInt(SignalLayout.MAX_SIGNAL_LENGTH + GUARD);
            }
        }
        return length;
    }
}

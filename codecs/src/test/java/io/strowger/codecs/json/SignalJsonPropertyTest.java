package io.strowger.codecs.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.admission.AdmissionWalk;
import io.strowger.codecs.admission.TemplateSet;
import io.strowger.codecs.catalog.RandomSignals;
import io.strowger.codecs.catalog.SignalCatalog;
import io.strowger.codecs.catalog.SignalWriter;
import io.strowger.codecs.catalog.TemplateDescriptor;
import io.strowger.codecs.sbe.RejectReason;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Every template goes to JSON and back without loss, whatever it holds; what is no signal is refused with its place.
 */
final class SignalJsonPropertyTest {
    private static final int OFFSET = 8;

    private final SignalCatalog catalog = SignalCatalog.current();
    private final SignalJson json = new SignalJson();
    private final AdmissionWalk walk = new AdmissionWalk(TemplateSet.all());
    private final UnsafeBuffer signal = new UnsafeBuffer(new byte[OFFSET + SignalJson.MAX_EVENT_LENGTH]);
    private final UnsafeBuffer back = new UnsafeBuffer(new byte[OFFSET + SignalJson.MAX_EVENT_LENGTH]);

    @Property(tries = 60)
    void shouldGiveTheSameBytesThereAndBack(@ForAll final long seed) throws JsonSignalException {
        final RandomSignals random = new RandomSignals(seed);
        for (final TemplateDescriptor template : catalog.templates()) {
            final int length = random.write(template, signal, OFFSET);
            final String text = json.write(signal, OFFSET, length);
            assertFalse(text.contains("\n"), "one line");
            assertEquals(length, json.read(text, back, OFFSET), () -> template.name() + " of seed " + seed + ": " + text);
            assertArrayEquals(bytes(signal, length), bytes(back, length), () -> template.name() + " of seed " + seed + ": " + text);
        }
    }

    @Property(tries = 60)
    void shouldWriteAnyBytesInTexts(@ForAll final long seed) throws JsonSignalException {
        final Random random = new Random(seed);
        final SignalWriter writer = new SignalWriter(catalog);
        for (final TemplateDescriptor template : catalog.templates()) {
            writer.begin(template);
            for (int i = 0; i < template.texts().size(); i++) {
                final byte[] noise = new byte[random.nextInt(50)];
                random.nextBytes(noise);
                writer.text(i, noise);
            }
            final int length = writer.write(signal, OFFSET);
            final String text = json.write(signal, OFFSET, length);
            assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), json.write(back, OFFSET, json.read(text, back, OFFSET))
                .getBytes(StandardCharsets.UTF_8), () -> template.name() + " of seed " + seed);
        }
    }

    @Property(tries = 200)
    void shouldRefuseOrReadAJsonTextThatWasDamaged(@ForAll final long seed) {
        final RandomSignals signals = new RandomSignals(seed);
        final Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            final int length = signals.write(signals.template(), signal, OFFSET);
            final byte[] text = json.write(signal, OFFSET, length).getBytes(StandardCharsets.UTF_8);
            final int cut = random.nextInt(text.length);
            text[random.nextInt(text.length)] = (byte)random.nextInt();
            assertReadOrRefused(text, text.length, seed);
            assertReadOrRefused(text, cut, seed);
        }
    }

    private void assertReadOrRefused(final byte[] text, final int length, final long seed) {
        try {
            final int signalLength = json.read(text, 0, length, back, OFFSET);
            if (signalLength <= SignalLayout.MAX_SIGNAL_LENGTH) {
                final int verdict = walk.check(back, OFFSET, signalLength);
                final boolean leavesOut = RejectReason.NATIVE_ID_MISSING.value() == verdict || RejectReason.BAD_CODE.value() == verdict;
                assertEquals(0, leavesOut ? 0 : verdict, () -> "seed " + seed);
            }
        } catch (final JsonSignalException e) {
            assertEquals("line " + e.line() + ", column " + e.column(), e.getMessage().substring(0, e.getMessage().indexOf(':')));
        }
    }

    private static byte[] bytes(final UnsafeBuffer buffer, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(OFFSET, bytes);
        return bytes;
    }
}

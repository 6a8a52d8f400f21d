package io.strowger.codecs.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strowger.codecs.SignalLayout;
import java.nio.ByteOrder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class SignalViewTest {
    private static final int OFFSET = 16;

    private final SignalCatalog catalog = SignalCatalog.current();

    @Property(tries = 50)
    void shouldReadWhatWasWritten(@ForAll final long seed) {
        final RandomSignals random = new RandomSignals(seed);
        final UnsafeBuffer first = new UnsafeBuffer(new byte[OFFSET + SignalLayout.MAX_SIGNAL_LENGTH]);
        final UnsafeBuffer second = new UnsafeBuffer(new byte[OFFSET + SignalLayout.MAX_SIGNAL_LENGTH]);
        final SignalView view = new SignalView(catalog);
        final SignalWriter writer = new SignalWriter(catalog);
        for (final TemplateDescriptor template : catalog.templates()) {
            final int length = random.write(template, first, OFFSET);
            view.wrap(first, OFFSET, length);
            assertEquals(template, view.template());
            writer.begin(view.template());
            for (int i = 0; i < template.fields().size(); i++) {
                writer.value(i, view.value(template.fields().get(i)));
            }
            for (int i = 0; i < template.texts().size(); i++) {
                writer.text(i, view.textBytes(i));
            }
            assertEquals(length, writer.length());
            assertEquals(length, writer.write(second, OFFSET));
            assertArrayEquals(bytes(first, length), bytes(second, length), () -> template.name() + " of seed " + seed);
        }
    }

    @Property(tries = 20)
    void shouldRefuseASignalThatIsCutAnywhere(@ForAll final long seed) {
        final RandomSignals random = new RandomSignals(seed);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
        final SignalView view = new SignalView(catalog);
        final int length = random.write(random.template(), buffer, 0);
        view.wrap(buffer, 0, length);
        for (int cut = 0; cut < length; cut++) {
            final int shorter = cut;
            assertThrows(IllegalArgumentException.class, () -> view.wrap(buffer, 0, shorter));
        }
    }

    @Test
    void shouldRefuseWhatIsNoSignal() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        final SignalView view = new SignalView(catalog);
        assertThrows(IllegalArgumentException.class, () -> view.wrap(buffer, 0, 64), "of another schema");
        buffer.putShort(SignalLayout.SCHEMA_ID_OFFSET, (short)catalog.schemaId(), ByteOrder.LITTLE_ENDIAN);
        assertThrows(IllegalArgumentException.class, () -> view.wrap(buffer, 0, 64), "of no template");
    }

    private static byte[] bytes(final UnsafeBuffer buffer, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(OFFSET, bytes);
        return bytes;
    }
}

package io.strowger.codecs.catalog;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.admission.DecidingCodes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.MutableDirectBuffer;

/**
 * Makes signals with random content that every admission walk lets in: known and unknown codes, nulls, numbers from the edges of their
 * range, texts of well-formed UTF-8 that are hard on JSON. The same seed gives the same signals.
 *
 * <p>For one thread.
 */
public final class RandomSignals {
    private static final String[] CHARACTERS = {
        "a", "Z", "7", " ", "\"", "\\", "/", "\n", "\r", "\t", "\u0000", "\u001f", "\u007f", "<", "'", "\u00e4", "\u20ac", "\u2028",
        "\ufffd", "\ufeff", "\ud83d\ude00",
    };

    private final Random random;
    private final SignalCatalog catalog;
    private final SignalWriter writer;

    /**
     * Signals of the schema this program was built with.
     *
     * @param seed to be printed by a test that fails.
     */
    public RandomSignals(final long seed) {
        this(SignalCatalog.current(), seed);
    }

    /**
     * Signals of another schema.
     */
    public RandomSignals(final SignalCatalog catalog, final long seed) {
        this.random = new Random(seed);
        this.catalog = catalog;
        this.writer = new SignalWriter(catalog);
    }

    /**
     * Any template.
     */
    public TemplateDescriptor template() {
        return catalog.templates().get(random.nextInt(catalog.templates().size()));
    }

    /**
     * Writes a signal of a template.
     *
     * @param buffer with room for {@link SignalLayout#MAX_SIGNAL_LENGTH} bytes behind the offset.
     * @param offset of its SBE header.
     * @return its length in bytes.
     */
    public int write(final TemplateDescriptor template, final MutableDirectBuffer buffer, final int offset) {
        writer.begin(template);
        final List<FieldDescriptor> deciding = DecidingCodes.of(template);
        for (int i = 0; i < template.fields().size(); i++) {
            final FieldDescriptor field = template.fields().get(i);
            writer.value(i, deciding.contains(field) ? code(field.type()) : value(field.type()));
        }
        for (int i = 0; i < template.texts().size(); i++) {
            final boolean nativeId = 0 == i && template.hasNativeId();
            final int most = nativeId ? SignalLayout.MAX_NATIVE_ID_LENGTH : SignalLayout.MAX_TEXT_LENGTH;
            final byte[] text = text(Math.min(most, SignalLayout.MAX_SIGNAL_LENGTH - writer.length()));
            writer.text(i, nativeId && 0 == text.length ? new byte[] {'1'} : text);
        }
        return writer.write(buffer, offset);
    }

    private long value(final FieldType type) {
        final PrimitiveType primitive = type.primitive();
        final int choice = random.nextInt(10);
        if (type.optional() && choice < 2) {
            return type.nullValue();
        }
        if (null != type.codes() && FieldType.Kind.ENUM == type.kind() && choice < 9) {
            return code(type);
        }
        return switch (choice) {
            case 2 -> primitive.min();
            case 3 -> primitive.max();
            case 4 -> 0;
            default -> clamp(primitive, random.nextLong());
        };
    }

    private long code(final FieldType type) {
        final List<Integer> codes = new ArrayList<>(type.codes().values().keySet());
        return codes.get(random.nextInt(codes.size()));
    }

    private static long clamp(final PrimitiveType primitive, final long number) {
        final int unused = Long.SIZE - primitive.size() * Byte.SIZE;
        return primitive.min() < 0 ? number << unused >> unused : number << unused >>> unused;
    }

    private byte[] text(final int most) {
        final int wanted = switch (random.nextInt(12)) {
            case 0 -> most;
            case 1, 2 -> 0;
            default -> random.nextInt(24);
        };
        final StringBuilder text = new StringBuilder();
        byte[] bytes = {};
        while (true) {
            text.append(CHARACTERS[random.nextInt(CHARACTERS.length)]);
            final byte[] longer = text.toString().getBytes(StandardCharsets.UTF_8);
            if (longer.length > Math.min(wanted, most)) {
                return bytes;
            }
            bytes = longer;
        }
    }
}

package io.strowger.codecs.catalog;

import io.strowger.codecs.SignalLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Reads a signal of any template by the catalog: the reader for tools, where one generated decoder a template would be one branch a
 * template. The acting block length and version of the header count, so a signal of an older schema lacks fields (they read as null or
 * empty), and what a newer one has beyond ours is passed over.
 *
 * <p>A flyweight for one thread: wrap it around the next signal. Allocates only the strings it is asked for.
 */
public final class SignalView {
    private final SignalCatalog catalog;
    private final int[] textOffsets;
    private final int[] textLengths;
    private DirectBuffer buffer;
    private int offset;
    private int version;
    private TemplateDescriptor template;

    /**
     * A view that knows these templates.
     */
    public SignalView(final SignalCatalog catalog) {
        this.catalog = catalog;
        int most = 0;
        for (final TemplateDescriptor each : catalog.templates()) {
            most = Math.max(most, each.texts().size());
        }
        textOffsets = new int[most];
        textLengths = new int[most];
    }

    /**
     * Looks at a signal. Reads nothing outside its slice.
     *
     * @param source holds it.
     * @param start  of its SBE header.
     * @param length of header, block and var-data.
     * @throws IllegalArgumentException when the bytes are no signal of a known template, or end too early.
     */
    public void wrap(final DirectBuffer source, final int start, final int length) {
        require(length >= SignalLayout.HEADER_LENGTH, "too short for a header");
        final int schemaId = source.getShort(start + SignalLayout.SCHEMA_ID_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        require(schemaId == catalog.schemaId(), "of another schema");
        template = catalog.template(SignalLayout.templateId(source, start));
        require(null != template, "of no known template");
        buffer = source;
        offset = start;
        version = SignalLayout.version(source, start);
        final int blockLength = SignalLayout.blockLength(source, start);
        require(blockLength >= template.blockLength(version), "its block is too short");
        int at = SignalLayout.HEADER_LENGTH + blockLength;
        final List<TextDescriptor> texts = template.texts();
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).sinceVersion() > version) {
                textLengths[i] = 0;
                continue;
            }
            require(at + 2 <= length, "its texts end too early");
            textLengths[i] = SignalLayout.textLength(source, start + at);
            textOffsets[i] = start + at + 2;
            at += 2 + textLengths[i];
        }
        require(at <= length, "its texts end too early");
    }

    /** The template of the signal. */
    public TemplateDescriptor template() {
        return template;
    }

    /** The schema version it was written with. */
    public int version() {
        return version;
    }

    /** The buffer that holds it. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /**
     * Reads a fixed field.
     *
     * @param field of the template.
     * @return its number, the null value included; {@link FieldType#unsetValue()} when the signal is older than the field.
     */
    public long value(final FieldDescriptor field) {
        if (field.sinceVersion() > version) {
            return field.type().unsetValue();
        }
        return field.type().primitive().read(buffer, offset + SignalLayout.HEADER_LENGTH + field.offset());
    }

    /**
     * Where the bytes of a var-data field begin in {@link #buffer()}.
     *
     * @param index in {@link TemplateDescriptor#texts()}.
     * @return without meaning when the text is empty.
     */
    public int textOffset(final int index) {
        return textOffsets[index];
    }

    /**
     * The number of bytes of a var-data field, 0 when it is empty or newer than the signal.
     *
     * @param index in {@link TemplateDescriptor#texts()}.
     */
    public int textLength(final int index) {
        return textLengths[index];
    }

    /**
     * Copies the bytes of a var-data field.
     *
     * @param index in {@link TemplateDescriptor#texts()}.
     */
    public byte[] textBytes(final int index) {
        final byte[] bytes = new byte[textLengths[index]];
        if (bytes.length > 0) {
            buffer.getBytes(textOffsets[index], bytes);
        }
        return bytes;
    }

    /**
     * Reads a var-data field as UTF-8; malformed bytes become U+FFFD.
     *
     * @param index in {@link TemplateDescriptor#texts()}, or -1 for a field the template lacks, which is empty.
     */
    public String text(final int index) {
        return index < 0 || 0 == textLengths[index] ? "" : new String(textBytes(index), StandardCharsets.UTF_8);
    }

    private static void require(final boolean condition, final String reason) {
        if (!condition) {
            throw new IllegalArgumentException("not a signal that can be read: " + reason);
        }
    }
}

package io.strowger.codecs.catalog;

import io.strowger.codecs.SignalLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/**
 * Writes a signal of any template by the catalog, its fields in any order: the counterpart of {@link SignalView}.
 *
 * <p>For one thread: {@link #begin}, then values and texts, then {@link #write}. What is not set is null, empty or 0.
 */
public final class SignalWriter {
    private static final byte[] EMPTY = {};

    private final SignalCatalog catalog;
    private TemplateDescriptor template;
    private long[] values;
    private byte[][] texts;

    /**
     * A writer that knows these templates.
     */
    public SignalWriter(final SignalCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Begins a signal, with nothing set.
     */
    public void begin(final TemplateDescriptor next) {
        template = next;
        values = new long[next.fields().size()];
        texts = new byte[next.texts().size()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = next.fields().get(i).type().unsetValue();
        }
        Arrays.fill(texts, EMPTY);
    }

    /** The template of the signal begun last. */
    public TemplateDescriptor template() {
        return template;
    }

    /**
     * Sets a fixed field.
     *
     * @param index in {@link TemplateDescriptor#fields()}.
     * @param value within the range of its primitive type.
     */
    public void value(final int index, final long value) {
        values[index] = value;
    }

    /**
     * Sets a var-data field.
     *
     * @param index in {@link TemplateDescriptor#texts()}.
     * @param bytes at most 65,535; not copied before {@link #write}.
     */
    public void text(final int index, final byte[] bytes) {
        texts[index] = bytes;
    }

    /**
     * The length the signal has as it is now.
     *
     * @return bytes of header, block and var-data.
     */
    public int length() {
        int length = SignalLayout.HEADER_LENGTH + template.blockLength();
        for (final byte[] text : texts) {
            length += 2 + text.length;
        }
        return length;
    }

    /**
     * Writes the signal.
     *
     * @param buffer with room for {@link #length()} bytes.
     * @param offset of the header.
     * @return its length in bytes.
     */
    public int write(final MutableDirectBuffer buffer, final int offset) {
        buffer.putShort(offset + SignalLayout.BLOCK_LENGTH_OFFSET, (short)template.blockLength(), ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(offset + SignalLayout.TEMPLATE_ID_OFFSET, (short)template.id(), ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(offset + SignalLayout.SCHEMA_ID_OFFSET, (short)catalog.schemaId(), ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(offset + SignalLayout.VERSION_OFFSET, (short)catalog.version(), ByteOrder.LITTLE_ENDIAN);
        final int block = offset + SignalLayout.HEADER_LENGTH;
        buffer.setMemory(block, template.blockLength(), (byte)0);
        final List<FieldDescriptor> fields = template.fields();
        for (int i = 0; i < values.length; i++) {
            fields.get(i).type().primitive().write(buffer, block + fields.get(i).offset(), values[i]);
        }
        int at = block + template.blockLength();
        for (final byte[] text : texts) {
            buffer.putShort(at, (short)text.length, ByteOrder.LITTLE_ENDIAN);
            buffer.putBytes(at + 2, text);
            at += 2 + text.length;
        }
        return at - offset;
    }
}

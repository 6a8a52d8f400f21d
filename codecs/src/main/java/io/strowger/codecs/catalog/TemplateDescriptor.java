package io.strowger.codecs.catalog;

import java.util.List;

/**
 * One template of the schema.
 *
 * @param name         in the schema, also the stem of its generated flyweights.
 * @param id           the template id in the header.
 * @param blockLength  bytes of the fixed fields in the catalog's version.
 * @param sinceVersion the first schema version that has it; 0 for those of the beginning.
 * @param fields       the fixed fields in the order of the schema.
 * @param texts        the var-data fields in the order of the bytes.
 */
public record TemplateDescriptor(
    String name, int id, int blockLength, int sinceVersion, List<FieldDescriptor> fields, List<TextDescriptor> texts) {
    private static final String NATIVE_ID = "nativeId";

    /**
     * Keeps its own copy of the lists.
     */
    public TemplateDescriptor {
        fields = List.copyOf(fields);
        texts = List.copyOf(texts);
    }

    /**
     * Whether it has a native id, which is then its first var-data field.
     */
    public boolean hasNativeId() {
        return !texts.isEmpty() && NATIVE_ID.equals(texts.get(0).name());
    }

    /**
     * Finds a fixed field.
     *
     * @return null when there is none of this name.
     */
    public FieldDescriptor field(final String fieldName) {
        for (final FieldDescriptor field : fields) {
            if (field.name().equals(fieldName)) {
                return field;
            }
        }
        return null;
    }

    /**
     * Finds a var-data field.
     *
     * @return its place in {@link #texts()}, -1 when there is none of this name.
     */
    public int textIndex(final String textName) {
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).name().equals(textName)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The shortest block that a signal of this version can have.
     *
     * @param version up to the catalog's own.
     * @return bytes.
     */
    public int blockLength(final int version) {
        boolean complete = true;
        int length = 0;
        for (final FieldDescriptor field : fields) {
            if (field.sinceVersion() <= version) {
                length = Math.max(length, field.end());
            } else {
                complete = false;
            }
        }
        return complete ? blockLength : length;
    }

    /**
     * How many var-data fields a signal of this version has.
     */
    public int textCount(final int version) {
        int count = 0;
        for (final TextDescriptor text : texts) {
            count += text.sinceVersion() <= version ? 1 : 0;
        }
        return count;
    }
}

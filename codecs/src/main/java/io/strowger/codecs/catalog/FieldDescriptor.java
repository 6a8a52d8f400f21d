package io.strowger.codecs.catalog;

/**
 * A fixed field of a template.
 *
 * @param name         in the schema and in JSON.
 * @param id           in the schema.
 * @param offset       of its first byte in the block: from the end of the header.
 * @param type         what its bytes mean.
 * @param sinceVersion the first schema version that has it; 0 for those of the beginning.
 */
public record FieldDescriptor(String name, int id, int offset, FieldType type, int sinceVersion) {
    /** Offset in the block behind its last byte. */
    public int end() {
        return offset + type.primitive().size();
    }
}

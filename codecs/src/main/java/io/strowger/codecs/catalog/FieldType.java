package io.strowger.codecs.catalog;

/**
 * What the bytes of a field mean.
 *
 * @param name      of the type in the schema.
 * @param kind      how to read it.
 * @param primitive how it is written.
 * @param optional  whether the null value means "none"; always true for enums, never for sets.
 * @param nullValue the number written for "none"; without meaning when not optional.
 * @param codes     the names of an enum or set, else null.
 */
public record FieldType(String name, Kind kind, PrimitiveType primitive, boolean optional, long nullValue, CodeList codes) {
    /** How to read a field. */
    public enum Kind {
        /** A plain integer. */
        NUMBER,
        /** Nanoseconds since 1970-01-01T00:00:00Z. */
        TIME,
        /** One code of a list. */
        ENUM,
        /** Any bits of a list. */
        SET
    }

    /**
     * Whether the number stands for "none".
     */
    public boolean isNull(final long value) {
        return optional && value == nullValue;
    }

    /**
     * The number a field has that nobody has set: the null value where there is one, else 0.
     */
    public long unsetValue() {
        return optional ? nullValue : 0;
    }
}

package io.strowger.codecs.catalog;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An enum or a set of the schema: numbers with names. For an enum the number is the code, for a set it is the bit, from 0.
 *
 * @param name      of the enum or set.
 * @param primitive that it is written as.
 * @param values    names by number, in the order of the numbers.
 */
public record CodeList(String name, PrimitiveType primitive, SortedMap<Integer, String> values) {
    /**
     * Keeps its own copy of the values.
     */
    public CodeList {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /**
     * Finds the name of a number.
     *
     * @return null for a number of a later schema, or of none.
     */
    public String nameOf(final long code) {
        return code < 0 || code > Integer.MAX_VALUE ? null : values.get((int)code);
    }
}

package io.strowger.ops.access;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Names split by commas, each exact or a beginning with {@code *} behind it; {@code *} alone is all, empty none. Immutable; any thread.
 */
final class NamePatterns {
    private final List<String> exact;
    private final List<String> beginnings;

    NamePatterns(final String patterns) {
        final List<String> parts =
            Arrays.stream(patterns.split(",", -1)).map(String::strip).filter(Predicate.not(String::isEmpty)).toList();
        exact = parts.stream().filter(part -> !part.endsWith("*")).toList();
        beginnings = parts.stream().filter(part -> part.endsWith("*")).map(part -> part.substring(0, part.length() - 1)).toList();
    }

    boolean isAll() {
        return beginnings.contains("");
    }

    boolean allow(final String name) {
        return exact.contains(name) || beginnings.stream().anyMatch(name::startsWith);
    }
}

package io.strowger.ops.config.file;

import java.nio.charset.StandardCharsets;

/**
 * Names of users and groups: split by commas, each exact or a beginning with {@code *} behind it.
 */
final class PatternCheck {
    private static final int MOST_BYTES = 512;
    private static final char ANY = '*';

    private final Complaints complaints;

    PatternCheck(final Complaints complaints) {
        this.complaints = complaints;
    }

    /** Looks at a list of names; none is none, and null all. */
    void check(final String patterns, final String at) {
        if (null == patterns || patterns.isBlank()) {
            return;
        }
        if (patterns.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            complaints.add(at, "is longer than " + MOST_BYTES + " bytes");
        }
        for (final String part : patterns.split(",", -1)) {
            final String name = part.strip();
            final int any = name.indexOf(ANY);
            if (name.isEmpty()) {
                complaints.add(at, "\"" + patterns + "\" has a comma with no name before or behind it");
            } else if (any >= 0 && any < name.length() - 1) {
                complaints.add(at, "\"" + name + "\" names nobody: a name is exact, or a beginning with one * behind it, as \"1*\"");
            }
        }
    }
}

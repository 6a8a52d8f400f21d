package io.strowger.ops.view;

import java.util.Locale;

/**
 * Names of the schema and of enums as people and JSON write them.
 */
final class Kebab {
    private Kebab() {
    }

    /**
     * Rewrites a name.
     *
     * @return {@code answered-elsewhere} for ANSWERED_ELSEWHERE.
     */
    static String of(final String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

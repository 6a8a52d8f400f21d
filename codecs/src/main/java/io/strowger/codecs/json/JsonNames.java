package io.strowger.codecs.json;

import java.util.Locale;

/**
 * How names of the schema and of enums look in JSON, on the command line and to people. Stateless; any thread.
 */
public final class JsonNames {
    private JsonNames() {
    }

    /**
     * Turns {@code LegSeen}, {@code noPeer} and {@code NO_ANSWER} into {@code leg-seen}, {@code no-peer} and {@code no-answer}.
     */
    public static String kebab(final String name) {
        if (name.equals(name.toUpperCase(Locale.ROOT))) {
            return name.toLowerCase(Locale.ROOT).replace('_', '-');
        }
        final StringBuilder out = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            final char c = name.charAt(i);
            if (Character.isUpperCase(c) && i > 0) {
                out.append('-');
            }
            out.append(Character.toLowerCase(c));
        }
        return out.toString();
    }
}

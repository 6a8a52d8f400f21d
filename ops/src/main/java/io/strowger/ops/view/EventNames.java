package io.strowger.ops.view;

import io.strowger.codecs.sbe.EventType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The names of event types as people and JSON write them: {@code call.established}, {@code screen-sharing.ended}.
 */
public final class EventNames {
    private static final List<String> FAMILIES =
        List.of("CALL", "MESSAGE", "SMS", "CHAT", "FAX", "SCREEN_SHARING", "HISTORY", "USER", "GROUP", "ACTION", "SOURCE");
    private static final Map<String, EventType> BY_NAME = byName();

    private EventNames() {
    }

    /**
     * Names a type.
     */
    public static String of(final EventType type) {
        for (final String family : FAMILIES) {
            if (type.name().startsWith(family + "_")) {
                return kebab(family) + "." + kebab(type.name().substring(family.length() + 1));
            }
        }
        return kebab(type.name());
    }

    /**
     * Finds a type.
     *
     * @return null when there is none of that name.
     */
    public static EventType type(final String name) {
        return BY_NAME.get(name);
    }

    /** All names, sorted. */
    public static List<String> all() {
        return List.copyOf(BY_NAME.keySet());
    }

    /**
     * A value of the schema as people and JSON write it.
     *
     * @return {@code answered-elsewhere} for ANSWERED_ELSEWHERE.
     */
    public static String kebab(final String schemaName) {
        return schemaName.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Map<String, EventType> byName() {
        final Map<String, EventType> names = new TreeMap<>();
        for (final EventType type : EventType.values()) {
            if (EventType.NULL_VAL != type && EventType.SBE_UNKNOWN != type) {
                names.put(of(type), type);
            }
        }
        return names;
    }
}

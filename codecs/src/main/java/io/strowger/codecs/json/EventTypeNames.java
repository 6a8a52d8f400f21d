package io.strowger.codecs.json;

import io.strowger.codecs.sbe.EventType;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names of event types as everybody outside sees them: {@code call.established}, {@code screen-sharing.started}.
 *
 * <p>Stateless; any thread.
 */
public final class EventTypeNames {
    private static final String SCREEN_SHARING = "SCREEN_SHARING_";
    private static final int CODES = 256;
    private static final List<String> SESSION_CATEGORIES =
        List.of("call", "chat", "fax", "screen-sharing", "message", "sms", "history");

    private static final String[] NAMES = new String[CODES];
    private static final String[] KINDS = new String[CODES];
    private static final Map<String, EventType> TYPES = new HashMap<>();

    static {
        for (final EventType type : EventType.values()) {
            if (EventType.NULL_VAL != type && EventType.SBE_UNKNOWN != type) {
                final String name = dotted(type.name());
                final String category = name.substring(0, name.indexOf('.'));
                NAMES[type.value()] = name;
                KINDS[type.value()] = SESSION_CATEGORIES.contains(category) ? "session" : category;
                TYPES.put(name, type);
            }
        }
    }

    private EventTypeNames() {
    }

    /**
     * Finds the name of an event type.
     *
     * @param code as it stands in an event, from 0 to 255.
     * @return null for a type of a later schema, or none.
     */
    public static String name(final int code) {
        return NAMES[code];
    }

    /**
     * Finds an event type by its name.
     *
     * @return null when there is none.
     */
    public static EventType type(final String name) {
        return TYPES.get(name);
    }

    /**
     * Finds the event types that a name stands for.
     *
     * @param name of a type, or the part before the dot, which stands for all of a family: {@code call}.
     * @return empty when there is none.
     */
    public static Set<EventType> types(final String name) {
        final Set<EventType> types = EnumSet.noneOf(EventType.class);
        TYPES.forEach((each, type) -> {
            if (each.equals(name) || each.startsWith(name + '.')) {
                types.add(type);
            }
        });
        return types;
    }

    /**
     * Says what an event of this type is about.
     *
     * @param code as it stands in an event, from 0 to 255.
     * @return session, user, group, source or action; null for a type of a later schema, or none.
     */
    public static String kind(final int code) {
        return KINDS[code];
    }

    /** The name in JSON of a name in the schema: what is before the point names a category, of which one has two words. */
    static String dotted(final String schemaName) {
        final int point = schemaName.startsWith(SCREEN_SHARING) ? SCREEN_SHARING.length() - 1 : schemaName.indexOf('_');
        return JsonNames.kebab(schemaName.substring(0, point)) + '.' + JsonNames.kebab(schemaName.substring(point + 1));
    }
}

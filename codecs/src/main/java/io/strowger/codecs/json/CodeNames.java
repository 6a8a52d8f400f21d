package io.strowger.codecs.json;

import io.strowger.codecs.catalog.CodeList;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The JSON names of one enum or set, both ways. Immutable; any thread.
 */
final class CodeNames {
    private static final String EVENT_TYPE = "EventType";
    private static final String NULL_STATE = "NULL_STATE";

    private final Map<Integer, String> names = new HashMap<>();
    private final Map<String, Integer> codes = new HashMap<>();

    CodeNames(final CodeList list) {
        list.values().forEach((code, name) -> {
            final String json = jsonName(list.name(), name);
            names.put(code, json);
            codes.put(json, code);
        });
    }

    /** The name of a code, null for a code of a later schema. */
    String name(final long code) {
        return code < 0 || code > Integer.MAX_VALUE ? null : names.get((int)code);
    }

    /** The code of a name, null when there is none. */
    Integer code(final String name) {
        return codes.get(name);
    }

    /** Every name, in the order of the codes, for a message. */
    String all() {
        return String.join(", ", new TreeMap<>(names).values());
    }

    private static String jsonName(final String list, final String name) {
        if (EVENT_TYPE.equals(list)) {
            return EventTypeNames.dotted(name);
        }
        return NULL_STATE.equals(name) ? "null" : JsonNames.kebab(name);
    }
}

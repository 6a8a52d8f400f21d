package io.strowger.ops.config.file;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * Takes out of a tree what can't be read, and leaves all else in its place.
 */
final class TreePrune {
    /** Lists of texts; all others are of things with keys. */
    private static final Set<String> OF_TEXTS = Set.of("actions", "types");

    private TreePrune() {
    }

    /** Takes a value out: one of a list leaves an empty one behind. Returns whether it was there. */
    static boolean take(final JsonNode tree, final String pointer) {
        final JsonPointer place = JsonPointer.compile(pointer);
        if (place.matches() || tree.at(place).isMissingNode()) {
            return false;
        }
        final JsonNode parent = tree.at(place.head());
        if (parent instanceof ObjectNode object) {
            object.remove(place.last().getMatchingProperty());
        } else if (parent instanceof ArrayNode list) {
            final int index = place.last().getMatchingIndex();
            final boolean isEmpty = list.get(index).isObject() && list.get(index).isEmpty();
            if (OF_TEXTS.contains(place.head().last().getMatchingProperty())) {
                list.set(index, "");
            } else if (isEmpty) {
                return false;
            } else {
                list.set(index, list.objectNode());
            }
        }
        return true;
    }
}

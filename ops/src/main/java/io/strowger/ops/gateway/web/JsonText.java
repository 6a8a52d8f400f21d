package io.strowger.ops.gateway.web;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** Objects that applications send. */
public final class JsonText {
    private JsonText() {
    }

    /**
     * Reads one.
     *
     * @throws Problem when it is none.
     */
    public static JsonObject parse(final String text) {
        try {
            return new JsonObject(text);
        } catch (final DecodeException | ClassCastException e) {
            throw Problem.badRequest("one JSON object is wanted");
        }
    }
}

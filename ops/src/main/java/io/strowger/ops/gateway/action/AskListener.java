package io.strowger.ops.gateway.action;

import io.vertx.core.json.JsonObject;

/**
 * Hears what becomes of one ask. On the gateway's loop.
 */
@FunctionalInterface
public interface AskListener {
    /**
     * Something has become of it.
     *
     * @param answer  key, action, status, text and nativeId.
     * @param isFinal whether nothing more comes.
     */
    void onAnswer(JsonObject answer, boolean isFinal);
}

package io.strowger.ops.wire.application;

import io.strowger.codecs.sbe.application.AnswerStatus;

/**
 * How an action stands.
 *
 * @param key      of the action.
 * @param status   from {@code DONE} on it is the end.
 * @param nativeId of the session, of a generated call its leg; empty for none.
 * @param text     the words of the call router; empty for none.
 */
public record ActionOutcome(String key, AnswerStatus status, String nativeId, String text) {
    /** Whether nothing more comes of it. */
    public boolean isFinal() {
        return status.value() >= AnswerStatus.DONE.value();
    }
}

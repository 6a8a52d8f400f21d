package io.strowger.ops.receiver;

/** Takes the answer to a request, once. */
@FunctionalInterface
interface Reply {
    /**
     * Answers.
     *
     * @return false when who asked has gone.
     */
    boolean answer(Answer answer);
}

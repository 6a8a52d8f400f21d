package io.strowger.ops.receiver.way;

/** Takes the answer to a request, once. On the receiver's loop. */
@FunctionalInterface
public interface Reply {
    /**
     * Answers.
     *
     * @return false when who asked has gone.
     */
    boolean answer(Answer answer);
}

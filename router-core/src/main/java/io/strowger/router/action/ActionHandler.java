package io.strowger.router.action;

import org.agrona.DirectBuffer;

/**
 * Takes the actions of one source, on the thread of its connection.
 */
@FunctionalInterface
public interface ActionHandler {
    /**
     * Takes one action. The bytes change once this returns.
     *
     * @param action sequence of its record: what its {@code ActionResult} signals name.
     * @param signal holds the action as the application has asked for it, with the source's number.
     * @param offset of its SBE header.
     * @param length of the whole signal.
     * @return false when it can't be taken now: it comes again with the next poll, and none behind it before.
     */
    boolean onAction(long action, DirectBuffer signal, int offset, int length);
}

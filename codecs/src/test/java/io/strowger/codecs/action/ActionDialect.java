package io.strowger.codecs.action;

import java.util.Set;

/**
 * What the tests must know of one kind of call router.
 */
public interface ActionDialect {
    /** A connection with every setting that an action can need, not connected yet. */
    ActionConnection connection(ActionLimits limits);

    /** The id that a command carries. */
    String idOf(String command);

    /** What the call router says when it accepts the command of the id, or refuses it. */
    String reply(String id, boolean accepts);

    /** What the call router says of the outcome of a call attempt. */
    String outcome(String id, boolean isDone);

    /** What the call router says without an id: a refusal. */
    String nameless();

    /** The templates that this kind of call router can't carry out. */
    Set<String> unsupported();
}

package io.strowger.codecs.action;

/**
 * What says what became of an action.
 */
public enum Decider {
    /** The reply to the command. */
    REPLY,
    /** The event behind the reply that tells how the call attempt ended. */
    CALL,
    /** The same for the call, then the event that tells how the fax ended. */
    FAX,
    /** The event that tells of the attended transfer of the leg; it comes behind the reply. */
    ATTENDED_TRANSFER,
    /** The leg is answered, or ends. */
    ANSWER,
    /** The same, by the call router itself: it has answered when it says how its command ended. */
    SERVER_ANSWER
}

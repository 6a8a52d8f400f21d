package io.strowger.codecs.actionurl;

/**
 * What can happen at a phone.
 */
public enum PhoneEvent {
    /** A call rings. */
    INCOMING,
    /** A call is placed. */
    OUTGOING,
    /** A call is up. */
    ESTABLISHED,
    /** A call is up, or is up again after a hold: the phone has one word for both. */
    CONNECTED,
    /** The phone holds the other side. */
    HELD,
    /** The phone has the other side back. */
    RESUMED,
    /** A call is over; why is not said. */
    TERMINATED,
    /** A call is over that was never answered. */
    MISSED,
    /** The user has refused a call. */
    REJECTED,
    /** The user has given up a call that was not answered yet. */
    CANCELLED,
    /** The other side was busy. */
    BUSY,
    /** The phone sends a call elsewhere. */
    FORWARDED,
    /** The user has transferred a call. */
    TRANSFERRED,
    /** A transfer did not work: the call goes on. */
    TRANSFER_FAILED,
    /** The receiver is back: a call has ended only if the request names it. */
    ON_HOOK,
    /** The phone is registered, or a user has logged on at it. */
    REGISTERED,
    /** The phone is not registered any more, or could not register, or a user has logged off. */
    UNREGISTERED,
    /** What happened stands in the state: {@link RequestField#STATE}. */
    STATE,
    /** It carries nothing that the router tells anybody. */
    NOISE
}

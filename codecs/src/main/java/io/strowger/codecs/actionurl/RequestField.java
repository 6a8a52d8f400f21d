package io.strowger.codecs.actionurl;

/**
 * What a request can tell.
 */
public enum RequestField {
    /** What has happened. */
    EVENT,
    /** The phone's own id of the call. */
    CALL_ID,
    /** The other side's number or address. */
    REMOTE,
    /** The other side's name. */
    REMOTE_NAME,
    /** This side's number or address. */
    LOCAL,
    /** This side's name. */
    LOCAL_NAME,
    /** Who called. */
    CALLING,
    /** Name of who called. */
    CALLING_NAME,
    /** Who was called. */
    CALLED,
    /** Name of who was called. */
    CALLED_NAME,
    /** Where a call is forwarded or transferred to. */
    TARGET,
    /** State of a call. */
    STATE
}

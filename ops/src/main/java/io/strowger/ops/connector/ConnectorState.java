package io.strowger.ops.connector;

/** Where a connection stands. */
public enum ConnectorState {
    /** The call router is called. */
    CONNECTING,
    /** It has answered; the login is under way. */
    LOGGING_IN,
    /** Events flow; what the call router has is being listed, or is awaited to tell since when it runs. */
    LISTING,
    /** All is well. */
    LIVE,
    /** There is no connection; the next try waits. */
    BACKING_OFF,
    /** The call router does not want us, usually for the credentials; the next try waits as long as any. */
    REFUSED,
    /** Not started, ended, or unable to go on. */
    STOPPED
}

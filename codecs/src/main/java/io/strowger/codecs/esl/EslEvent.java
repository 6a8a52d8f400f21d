package io.strowger.codecs.esl;

/**
 * Events that give facts, with their names; those of a CUSTOM event are its subclass.
 */
enum EslEvent {
    CREATE("CHANNEL_CREATE"),
    DATA("CHANNEL_DATA"),
    RINGING("CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA"),
    ANSWER("CHANNEL_ANSWER"),
    BRIDGE("CHANNEL_BRIDGE"),
    UNBRIDGE("CHANNEL_UNBRIDGE"),
    HOLD("CHANNEL_HOLD"),
    UNHOLD("CHANNEL_UNHOLD"),
    UPDATE("CALL_UPDATE"),
    NEW_ID("CHANNEL_UUID"),
    HANGUP("CHANNEL_HANGUP"),
    GONE("CHANNEL_HANGUP_COMPLETE CHANNEL_DESTROY"),
    RECORD_START("RECORD_START"),
    RECORD_STOP("RECORD_STOP"),
    CALL_CENTER("callcenter::info"),
    FIFO("fifo::info"),
    PARKING("valet_parking::info"),
    CONFERENCE("conference::maintenance"),
    FAX_SENT("spandsp::txfaxresult"),
    FAX_RECEIVED("spandsp::rxfaxresult"),
    REGISTER("sofia::register"),
    UNREGISTER("sofia::unregister sofia::expire"),
    MESSAGE("MESSAGE"),
    SHUTDOWN("SHUTDOWN"),
    CUSTOM("CUSTOM");

    private final String names;

    EslEvent(final String names) {
        this.names = names;
    }

    /** Its names, with a space between them. */
    String names() {
        return names;
    }
}

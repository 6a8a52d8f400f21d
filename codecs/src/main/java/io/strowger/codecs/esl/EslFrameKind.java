package io.strowger.codecs.esl;

import io.strowger.codecs.translate.AsciiText;

/**
 * What a frame is, by its Content-Type.
 */
enum EslFrameKind {
    /** An event, percent-encoded. */
    EVENT_PLAIN("text/event-plain"),
    /** An event as a flat JSON object. */
    EVENT_JSON("text/event-json"),
    /** An event as XML, which is not read. */
    EVENT_XML("text/event-xml"),
    /** The answer to a command. */
    COMMAND_REPLY("command/reply"),
    /** The answer to an api command, in its body. */
    API_RESPONSE("api/response"),
    /** The server asks for the password. */
    AUTH_REQUEST("auth/request"),
    /** The server closes the connection. */
    DISCONNECT_NOTICE("text/disconnect-notice"),
    /** The server does not talk with us. */
    RUDE_REJECTION("text/rude-rejection"),
    /** A line of the server's log. */
    LOG_DATA("log/data"),
    /** Any other type. */
    OTHER(""),
    /** Headers without a type. */
    UNTYPED("");

    private static final EslFrameKind[] ALL = values();
    private static final byte[][] TYPES = new byte[ALL.length][];

    static {
        for (int i = 0; i < ALL.length; i++) {
            TYPES[i] = AsciiText.bytes(ALL[i].type);
        }
    }

    private final String type;

    EslFrameKind(final String type) {
        this.type = type;
    }

    /** The kind of this value; what stands behind a semicolon does not count. */
    static EslFrameKind of(final byte[] bytes, final int offset, final int end) {
        int to = offset;
        while (to < end && bytes[to] != ';' && bytes[to] != ' ') {
            to++;
        }
        for (int i = 0; i < ALL.length; i++) {
            if (TYPES[i].length > 0 && AsciiText.equalsIgnoringCase(bytes, offset, to - offset, TYPES[i])) {
                return ALL[i];
            }
        }
        return OTHER;
    }
}

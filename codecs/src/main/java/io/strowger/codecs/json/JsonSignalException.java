package io.strowger.codecs.json;

/**
 * A JSON text is no signal; says where and why.
 */
public final class JsonSignalException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;
    private final String path;
    private final String reason;

    JsonSignalException(final int line, final int column, final String path, final String reason) {
        super("line " + line + ", column " + column + ": " + behind(path, reason));
        this.line = line;
        this.column = column;
        this.path = path;
        this.reason = behind(path, reason);
    }

    /** Line in the text that was read, from 1. */
    public int line() {
        return line;
    }

    /** Byte in the line, from 1. */
    public int column() {
        return column;
    }

    /** The field that is wrong, as {@code data.legState}; empty when it is the text as a whole. */
    public String path() {
        return path;
    }

    /** What is wrong, in words, behind the field when there is one: the message without line and column. */
    public String reason() {
        return reason;
    }

    private static String behind(final String path, final String reason) {
        return path.isEmpty() ? reason : path + ": " + reason;
    }
}

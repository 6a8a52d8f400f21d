package io.strowger.ops.ingest;

/**
 * A part of a file that could not be read.
 *
 * @param connection number of the file, from 0.
 * @param place      in the file: a line, from 1, or {@code byte} and an offset from 0.
 * @param reason     what is wrong with it, in words.
 */
public record BadPlace(int connection, String place, String reason) {
    /** So many of a run are told. */
    static final int MOST = 10;

    static BadPlace ofByte(final int connection, final long offset, final String reason) {
        return new BadPlace(connection, "byte " + offset, reason);
    }
}

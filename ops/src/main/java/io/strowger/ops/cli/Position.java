package io.strowger.ops.cli;

import java.util.HexFormat;

/**
 * The last line of ingest and replay.
 */
final class Position {
    private Position() {
    }

    /**
     * Writes it.
     *
     * @return {@code position N chain HEX digest HEX}, 16 lower-case digits each.
     */
    static String line(final long sequence, final long chain, final long digest) {
        return "position " + sequence + " chain " + HexFormat.of().toHexDigits(chain) + " digest " + HexFormat.of().toHexDigits(digest);
    }
}

package io.strowger.persistence;

import java.nio.file.Path;

/**
 * Hears of a verification as it goes on.
 */
public interface VerifyListener {
    /** Hears nothing. */
    VerifyListener NONE = new VerifyListener() {
    };

    /**
     * A good block.
     *
     * @param file          cycle file.
     * @param offset        of the block's first byte in it.
     * @param length        of the block in bytes, as it stands in the file.
     * @param firstSequence of its records.
     * @param count         of its records.
     */
    default void onBlock(final Path file, final long offset, final int length, final long firstSequence, final int count) {
    }

    /**
     * Another file is done.
     *
     * @param bytes read so far, holes included.
     * @param total to be read.
     */
    default void onProgress(final long bytes, final long total) {
    }
}

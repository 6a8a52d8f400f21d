package io.strowger.persistence.tail;

/**
 * A cursor as it stands on the disk.
 *
 * @param name        of the cursor.
 * @param position    first sequence that is not done: the journal must keep it and all behind it.
 * @param block       first sequence of the block with the last record that is done; 0 before there is one.
 * @param blockCrc    checksum in that block's header.
 * @param committedMs when it was committed by the clock of that machine, in milliseconds since 1970: for people.
 */
public record NamedCursor(String name, long position, long block, int blockCrc, long committedMs) {
}

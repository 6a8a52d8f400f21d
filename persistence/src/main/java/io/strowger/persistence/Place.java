package io.strowger.persistence;

import java.nio.file.Path;

/**
 * Where a block stands, and what is known before it.
 *
 * @param file         cycle file.
 * @param position     of the word of its frame.
 * @param sequence     of its first record.
 * @param chain        output chain behind the record before it.
 * @param isChainKnown false when nothing is known of the record before it.
 */
record Place(Path file, long position, long sequence, long chain, boolean isChainKnown) {
}

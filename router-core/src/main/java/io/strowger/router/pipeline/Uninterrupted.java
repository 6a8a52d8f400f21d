package io.strowger.router.pipeline;

import io.strowger.router.journal.Journal;
import org.agrona.DirectBuffer;

/**
 * Calls of the journal from which an interrupt of a borrowed thread is kept, because it could close the journal's files; it is given back
 * behind the call.
 */
final class Uninterrupted {
    private Uninterrupted() {
    }

    /** Appends the block at offset 0. */
    static boolean append(final Journal journal, final DirectBuffer block, final int length) {
        final boolean wasInterrupted = Thread.interrupted();
        try {
            return journal.append(block, 0, length);
        } finally {
            restore(wasInterrupted);
        }
    }

    /** Stages the block at offset 0. */
    static boolean stage(final Journal journal, final DirectBuffer block, final int length) {
        final boolean wasInterrupted = Thread.interrupted();
        try {
            return journal.stage(block, 0, length);
        } finally {
            restore(wasInterrupted);
        }
    }

    /** Flushes what is staged. */
    static void flush(final Journal journal) {
        final boolean wasInterrupted = Thread.interrupted();
        try {
            journal.flush();
        } finally {
            restore(wasInterrupted);
        }
    }

    /** Syncs the journal. */
    static void sync(final Journal journal) {
        final boolean wasInterrupted = Thread.interrupted();
        try {
            journal.sync();
        } finally {
            restore(wasInterrupted);
        }
    }

    /** Interrupts the thread again, if it was. */
    static void restore(final boolean wasInterrupted) {
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

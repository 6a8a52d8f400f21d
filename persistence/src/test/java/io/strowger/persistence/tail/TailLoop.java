package io.strowger.persistence.tail;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Random;

/**
 * The process that gets killed: tails for ever; writes each sequence once it has handled it, and the position, negative, once it is
 * committed.
 */
final class TailLoop {
    private static final int MOST_A_POLL = 40;

    private TailLoop() {
    }

    /**
     * Runs.
     *
     * @param arguments directory, cursor, seed.
     */
    public static void main(final String[] arguments) throws IOException {
        final Random random = new Random(Long.parseLong(arguments[2]));
        final DataOutputStream told = new DataOutputStream(new BufferedOutputStream(System.out));
        try (JournalTail tail = JournalTail.open(Path.of(arguments[0]), arguments[1])) {
            tell(told, -tail.position());
            told.flush();
            while (true) {
                final int count = tail.poll(record -> tell(told, record.sequence()), 1 + random.nextInt(MOST_A_POLL));
                // what was done first, then that it is done
                told.flush();
                if (0 == count) {
                    Thread.onSpinWait();
                } else if (random.nextInt(4) > 0) {
                    tail.commit();
                    tell(told, -tail.position());
                    told.flush();
                }
            }
        }
    }

    private static void tell(final DataOutputStream told, final long number) {
        try {
            told.writeLong(number);
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}

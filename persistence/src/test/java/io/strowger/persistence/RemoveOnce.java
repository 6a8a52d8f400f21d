package io.strowger.persistence;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The process that dies while it removes cycles.
 */
final class RemoveOnce {
    private RemoveOnce() {
    }

    /**
     * Runs.
     *
     * @param arguments directory, how many cycles to remove, behind how many deletions to die; -1 for before the ledger.
     */
    public static void main(final String[] arguments) {
        final KeptCycles cycles = KeptCycles.open(Path.of(arguments[0]), new DyingDisk(Integer.parseInt(arguments[2])));
        cycles.beginWith(cycles.list().get(Integer.parseInt(arguments[1])));
    }

    private static final class DyingDisk implements Disk {
        private int left;

        DyingDisk(final int deletions) {
            left = deletions;
        }

        @Override
        public long usableBytes(final File directory) {
            return Disk.REAL.usableBytes(directory);
        }

        @Override
        public void force(final Path file) throws IOException {
            dieAt(-1);
            Disk.REAL.force(file);
        }

        @Override
        public void forceDirectory(final Path directory) throws IOException {
            Disk.REAL.forceDirectory(directory);
        }

        @Override
        public void delete(final Path file) throws IOException {
            dieAt(0);
            left--;
            Files.delete(file);
        }

        private void dieAt(final int moment) {
            if (moment == left) {
                Runtime.getRuntime().halt(9);
            }
        }
    }
}

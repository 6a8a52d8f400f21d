package io.strowger.persistence;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A disk that keeps what was forced, and of the rest whatever chance leaves: pages of 4 KiB, names of files, lengths. A force holds for
 * what was there when it began.
 *
 * <p>Files in the journal's own folder are written whole and forced by those who write them, so they are kept.
 */
final class LosingDisk implements Disk {
    private static final int PAGE = 4096;

    private final Map<Path, byte[]> forced = new HashMap<>();
    private final Map<Path, Set<String>> names = new HashMap<>();
    private Runnable beside = () -> { };

    /** Runs within each force, once it has begun. */
    void beside(final Runnable action) {
        beside = action;
    }

    @Override
    public long usableBytes(final File directory) {
        return Long.MAX_VALUE;
    }

    @Override
    public void force(final Path file) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        beside.run();
        forced.put(file, bytes);
    }

    @Override
    public void forceDirectory(final Path directory) throws IOException {
        final Set<String> there = list(directory);
        beside.run();
        names.put(directory, there);
    }

    /** Whether the name of a file or folder is kept. */
    boolean keepsName(final Path path) {
        return names.getOrDefault(path.getParent(), Set.of()).contains(path.getFileName().toString());
    }

    /** The power goes: makes a folder as it is found when it is back. */
    Path cut(final Path journal, final Path target, final Random random) throws IOException {
        Files.createDirectories(target);
        try (Stream<Path> files = Files.list(journal)) {
            for (final Path file : files.sorted().toList()) {
                final Path copy = target.resolve(file.getFileName().toString());
                if (Files.isDirectory(file)) {
                    cutFolder(file, copy, random);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        return target;
    }

    private void cutFolder(final Path folder, final Path target, final Random random) throws IOException {
        Files.createDirectories(target);
        final Set<String> kept = names.getOrDefault(folder, Set.of());
        for (final String name : list(folder)) {
            if (kept.contains(name) || random.nextBoolean()) {
                Files.write(target.resolve(name), survived(folder.resolve(name), random));
            }
        }
    }

    private byte[] survived(final Path file, final Random random) throws IOException {
        final byte[] now = Files.readAllBytes(file);
        final byte[] before = forced.getOrDefault(file, new byte[0]);
        final byte[] after = Arrays.copyOf(before, random.nextBoolean() ? now.length : before.length);
        for (int page = 0; page < after.length; page += PAGE) {
            if (random.nextBoolean()) {
                System.arraycopy(now, page, after, page, Math.min(PAGE, after.length - page));
            }
        }
        return after;
    }

    private static Set<String> list(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new TreeSet<>(files.map(file -> file.getFileName().toString()).toList());
        }
    }
}

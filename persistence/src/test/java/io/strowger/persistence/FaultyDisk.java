package io.strowger.persistence;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A disk with the room and the faults a test asks for.
 */
public final class FaultyDisk implements Disk {
    private final List<String> forced = new ArrayList<>();
    private long usableBytes = Long.MAX_VALUE;
    private IOException forceFault;
    private Runnable beside = () -> { };
    private int looks;
    private long nowNs;

    /** Has so much room. */
    FaultyDisk usableBytes(final long bytes) {
        usableBytes = bytes;
        return this;
    }

    /** Lets time pass: it stands where nobody does. */
    FaultyDisk pass(final long milliseconds) {
        nowNs += milliseconds * 1_000_000;
        return this;
    }

    /** Throws at every force from now on; null for none. */
    public FaultyDisk failForce(final IOException fault) {
        forceFault = fault;
        return this;
    }

    /** Runs once, within the next force. */
    FaultyDisk beside(final Runnable action) {
        beside = action;
        return this;
    }

    /** Names of the files forced since the last call. */
    public List<String> forced() {
        final List<String> names = List.copyOf(forced);
        forced.clear();
        return names;
    }

    /** How often somebody asked for the room. */
    int looks() {
        return looks;
    }

    @Override
    public long usableBytes(final File directory) {
        looks++;
        return usableBytes;
    }

    @Override
    public long nanoTime() {
        return nowNs;
    }

    @Override
    public void force(final Path file) throws IOException {
        forced.add(file.getFileName().toString());
        final Runnable action = beside;
        beside = () -> { };
        action.run();
        if (null != forceFault) {
            throw forceFault;
        }
    }

    @Override
    public void forceDirectory(final Path directory) throws IOException {
        force(directory);
    }
}

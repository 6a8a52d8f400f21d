package io.strowger.persistence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A file that one owner at a time can lock: against other processes by the operating system, which lets go of it when the process ends,
 * however it ends; within this process by a list of what is held. The list is asked before the file is opened: to close a second
 * descriptor of a file gives back every lock that the process has on it. Other processes may share a lock that is taken so; within a
 * process nobody does.
 *
 * <p>Any thread.
 */
public final class LockFile implements AutoCloseable {
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();
    private static final long LOOK_AGAIN_NS = 1_000_000;

    private final Path file;
    private final FileChannel channel;

    private LockFile(final Path file, final FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Locks a file, which is made when absent and stays.
     *
     * @param file whose folder exists.
     * @return null when another owner has it, in this process or another.
     * @throws IOException when the file can't be opened or locked.
     */
    public static LockFile take(final Path file) throws IOException {
        return take(file, false);
    }

    /**
     * Locks a file that other processes may share.
     *
     * @param file which is there, and need only be readable.
     * @return null when another owner has it, or anybody in this process.
     * @throws IOException when the file can't be opened or locked.
     */
    static LockFile share(final Path file) throws IOException {
        return take(file, true);
    }

    private static LockFile take(final Path file, final boolean isShared) throws IOException {
        final Path real = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
        if (!HELD.add(real)) {
            return null;
        }
        FileChannel channel = null;
        boolean isTaken = false;
        try {
            channel = isShared ? FileChannel.open(real, StandardOpenOption.READ)
                : FileChannel.open(real, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            final FileLock lock = channel.tryLock(0, Long.MAX_VALUE, isShared);
            isTaken = null != lock;
            return isTaken ? new LockFile(real, channel) : null;
        } finally {
            if (!isTaken) {
                closeQuietly(channel);
                HELD.remove(real);
            }
        }
    }

    /**
     * Locks a file, and waits for who has it. An interrupt is kept for the thread and does not shorten the wait.
     *
     * @param file      whose folder exists.
     * @param isShared  whether other processes may share it; the file must be there then, and need only be readable.
     * @param timeoutNs longest wait.
     * @return null when another owner has had it all that time.
     * @throws IOException when the file can't be opened or locked.
     */
    static LockFile await(final Path file, final boolean isShared, final long timeoutNs) throws IOException {
        final long beganNs = System.nanoTime();
        boolean wasInterrupted = Thread.interrupted();
        try {
            LockFile lock = take(file, isShared);
            while (null == lock && System.nanoTime() - beganNs < timeoutNs) {
                LockSupport.parkNanos(LOOK_AGAIN_NS);
                wasInterrupted |= Thread.interrupted();
                lock = take(file, isShared);
            }
            return lock;
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Gives the lock back. May be called again.
     */
    @Override
    public void close() {
        if (channel.isOpen()) {
            closeQuietly(channel);
            HELD.remove(file);
        }
    }

    private static void closeQuietly(final FileChannel channel) {
        try {
            if (null != channel) {
                channel.close();
            }
        } catch (final IOException ex) {
            // the lock is gone with the descriptor either way
            return;
        }
    }
}

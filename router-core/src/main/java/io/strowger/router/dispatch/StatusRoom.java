package io.strowger.router.dispatch;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of status may wait for those who asked, all together. Any thread.
 */
public final class StatusRoom {
    private final long capacity;
    private final AtomicLong taken = new AtomicLong();

    /**
     * Nothing waits yet.
     *
     * @param capacity in bytes.
     */
    public StatusRoom(final long capacity) {
        this.capacity = capacity;
    }

    long capacity() {
        return capacity;
    }

    /** Returns false, and takes nothing, when that much is not left. */
    boolean take(final int bytes) {
        if (taken.addAndGet(bytes) <= capacity) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    void giveBack(final long bytes) {
        taken.addAndGet(-bytes);
    }

    /** How many bytes wait now. */
    public long taken() {
        return taken.get();
    }
}

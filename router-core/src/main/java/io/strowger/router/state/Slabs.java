package io.strowger.router.state;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Off-heap memory for one table, handed out piece by piece from slabs that huge pages fit into.
 *
 * <pre>
 *   slab     1 piece | as much as all before, to 64 MiB | ...
 *            +-------+---------+---------+- - - - - - - +
 *            | piece | piece   | piece   |  not touched |      starts at a multiple of 2 MiB, once it is that long
 *            +-------+---------+---------+- - - - - - - +
 * </pre>
 *
 * <p>Fresh memory is dear: ten million sessions fill gigabytes, and with pages of 4 KiB their first touches take longer than all else that
 * is done with them. A JVM asks for huge pages for its heap alone; where malloc is told to ({@code GLIBC_TUNABLES=glibc.malloc.hugetlb=1})
 * it does for what is as long as these slabs. Long slabs are touched by a thread beside, ahead of who fills them. Nor are they zeroed, as a
 * direct buffer is: who takes a piece writes it.
 *
 * <p>The memory is given back when neither the slabs nor a piece are reachable any more. It does not count for {@code
 * -XX:MaxDirectMemorySize}. One thread.
 */
final class Slabs {
    static final int HUGE_PAGE_LENGTH = 2 << 20;

    private static final long MAX_SLAB_LENGTH = 64L << 20;
    private static final int PAGE_LENGTH = 4096;
    private static final Cleaner CLEANER = Cleaner.create();
    private static final Executor TOUCHER = toucher();

    private Object slab;
    private long next;
    private long left;
    private long taken;

    /**
     * Takes a piece of memory whose bytes are anything.
     *
     * @param length in bytes.
     * @return at the start of a cache line.
     * @throws OutOfMemoryError when the machine has none.
     */
    UnsafeBuffer take(final int length) {
        final long padded = BitUtil.align((long)length, BitUtil.CACHE_LINE_LENGTH);
        if (padded > left) {
            begin(Math.max(padded, Math.min(MAX_SLAB_LENGTH, taken)));
        }
        final UnsafeBuffer piece = new Piece(next, length, slab);
        next += padded;
        left -= padded;
        taken += padded;
        return piece;
    }

    private void begin(final long length) {
        final long alignment = length < HUGE_PAGE_LENGTH ? BitUtil.CACHE_LINE_LENGTH : HUGE_PAGE_LENGTH;
        final long address = UnsafeApi.allocateMemory(length + alignment);
        slab = new Object();
        CLEANER.register(slab, () -> UnsafeApi.freeMemory(address));
        next = BitUtil.align(address, alignment);
        left = length;
        if (length >= HUGE_PAGE_LENGTH) {
            touchAhead(slab, next, length);
        }
    }

    /** Adds nothing to a word of each page: whatever another thread writes there meanwhile stays. */
    private static void touchAhead(final Object held, final long start, final long length) {
        TOUCHER.execute(() -> {
            try {
                for (long at = start; at < start + length; at += PAGE_LENGTH) {
                    UnsafeApi.getAndAddInt(null, at, 0);
                }
            } finally {
                // until here nobody may give the slab back
                Reference.reachabilityFence(held);
            }
        });
    }

    private static Executor toucher() {
        return new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            final Thread thread = new Thread(task, "strowger-pages");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Keeps its slab for as long as somebody looks at it. */
    private static final class Piece extends UnsafeBuffer {
        @SuppressWarnings("unused")
        private final Object slab;

        Piece(final long address, final int length, final Object slab) {
            super(address, length);
            this.slab = slab;
        }
    }
}

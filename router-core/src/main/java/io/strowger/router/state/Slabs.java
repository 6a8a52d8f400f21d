package io.strowger.router.state;

import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The off-heap memory of one state, handed out piece by piece from slabs that huge pages fit into.
 *
 * <pre>
 *   slab     the first piece | as much as all before, to 64 MiB | ...
 *            +-------+---------+---------+- - - - - - - +
 *            | piece | piece   | piece   |  not touched |      starts at a multiple of 2 MiB, once it is that long
 *            +-------+---------+---------+- - - - - - - +
 * </pre>
 *
 * <p>Fresh memory is dear: ten million sessions fill gigabytes, and with pages of 4 KiB their first touches take longer than all else that
 * is done with them. A JVM asks for huge pages for its heap alone; where malloc is told to ({@code GLIBC_TUNABLES=glibc.malloc.hugetlb=1})
 * it does for what is as long as these slabs. Nor are they zeroed, as a direct buffer is: who takes a piece writes it before it is read.
 * What was not touched yet is address space only.
 *
 * <p>{@link #close()} gives it all back; what was not closed is given back when neither the slabs nor a piece are reachable any more. A
 * buffer that only wraps a piece does not keep it. It does not count for {@code -XX:MaxDirectMemorySize}. One thread.
 */
public final class Slabs implements AutoCloseable {
    static final int HUGE_PAGE_LENGTH = 2 << 20;

    private static final long MAX_SLAB_LENGTH = 64L << 20;
    private static final Cleaner CLEANER = Cleaner.create();

    private final List<Cleaner.Cleanable> frees = new ArrayList<>();
    private Object slab;
    private long next;
    private long left;
    private long taken;
    private PagesAhead ahead;

    /** Has taken nothing yet. */
    public Slabs() {
    }

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

    /**
     * Lets another thread touch each new slab ahead of who fills it.
     *
     * @param pages touches them; null for none.
     */
    public void touchAhead(final PagesAhead pages) {
        ahead = pages;
    }

    /** Bytes taken from the machine, those that nobody has asked for yet among them. */
    public long memoryBytes() {
        return taken + left;
    }

    /** Gives everything back: no piece may be read or written any more. */
    @Override
    public void close() {
        frees.forEach(Cleaner.Cleanable::clean);
        frees.clear();
        left = 0;
    }

    private void begin(final long length) {
        final long alignment = length < HUGE_PAGE_LENGTH ? BitUtil.CACHE_LINE_LENGTH : HUGE_PAGE_LENGTH;
        final long address = UnsafeApi.allocateMemory(length + alignment);
        slab = new Object();
        frees.add(CLEANER.register(slab, () -> UnsafeApi.freeMemory(address)));
        taken += left;
        next = BitUtil.align(address, alignment);
        left = length;
        if (null != ahead) {
            ahead.touch(next, length);
        }
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

package io.strowger.router.dispatch;

import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * The feeding end of a subscription, the core's or the catch-up pass's: the ring that carries matched sequences to the poller, and the two
 * words by which the feeder says where it stopped and where it began to feed it.
 *
 * <pre>
 *   an entry of the ring      0          8                      16        20
 *                             +----------+----------------------+---------+
 *                             | sequence | place in the window  | length  |
 *                             +----------+----------------------+---------+
 *                               i64        i64                    i32
 * </pre>
 *
 * <p>Fields without a remark are the feeding thread's alone.
 */
class SubscriptionFeed {
    /** Offset of the sequence in an entry. */
    static final int SEQUENCE_OFFSET = 0;

    /** Offset of the window's position in an entry. */
    static final int POSITION_OFFSET = 8;

    /** Offset of the record's length in an entry. */
    static final int LENGTH_OFFSET = 16;

    private static final int ENTRY_LENGTH = 20;
    private static final int ENTRY_TYPE = 1;
    /**
     * What an entry takes in the ring: its own length and the ring's header. It divides the ring's capacity, so the ring never pads.
     */
    private static final int ENTRY_SPACE = 32;

    private static final int MISSED_FROM = 0;
    private static final int JOINED_AT = 128;
    private static final int WORDS_LENGTH = 256;
    private static final int ALIGNMENT = 128;

    private final Filter filter;
    private final OneToOneRingBuffer ring;
    /** Written by the core, read by the poller; each on cache lines of its own. */
    private final AtomicBuffer words;
    private long lastLooked;
    private boolean isJoined;
    /** Set by the poller. */
    private volatile boolean isAbandoned;
    /** Null when nobody wants to be told. */
    private ReadyBoard.Mark mark;

    /**
     * A feed that no index knows yet.
     *
     * @param entries most matched events that wait for the poller, rounded up to a power of two, less the one place a ring keeps free.
     */
    SubscriptionFeed(final Filter filter, final int entries) {
        this(filter, newMemory(entries));
    }

    /**
     * A feed in memory that is there already.
     *
     * @param memory of {@link #newMemory}; what is in it is forgotten.
     */
    SubscriptionFeed(final Filter filter, final AtomicBuffer memory) {
        this.filter = filter;
        memory.setMemory(0, memory.capacity(), (byte)0);
        this.words = new UnsafeBuffer(memory, 0, WORDS_LENGTH);
        this.ring = new OneToOneRingBuffer(new UnsafeBuffer(memory, WORDS_LENGTH, memory.capacity() - WORDS_LENGTH));
    }

    /** Memory for the words and a ring of so many entries. */
    static AtomicBuffer newMemory(final int entries) {
        final int ringLength = BitUtil.findNextPositivePowerOfTwo(entries * ENTRY_SPACE) + RingBufferDescriptor.TRAILER_LENGTH;
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(WORDS_LENGTH + ringLength, ALIGNMENT));
    }

    Filter filter() {
        return filter;
    }

    /** The poller's end reads it. */
    OneToOneRingBuffer ring() {
        return ring;
    }

    /** Whether this sequence is looked at for the first time. */
    boolean isFirstLook(final long sequence) {
        final boolean isFirst = lastLooked != sequence;
        lastLooked = sequence;
        return isFirst;
    }

    boolean isJoined() {
        return isJoined;
    }

    /**
     * Puts a matched event into the ring.
     *
     * @return false when it is full.
     */
    boolean offer(final long sequence, final long position, final int length) {
        final int index = ring.tryClaim(ENTRY_TYPE, ENTRY_LENGTH);
        if (index < 0) {
            return false;
        }
        final AtomicBuffer buffer = ring.buffer();
        buffer.putLong(index + SEQUENCE_OFFSET, sequence);
        buffer.putLong(index + POSITION_OFFSET, position);
        buffer.putInt(index + LENGTH_OFFSET, length);
        ring.commit(index);
        tell();
        return true;
    }

    /** Begins to feed: everything from this sequence on that matches comes through the ring, until {@link #leave}. */
    void join(final long sequence) {
        isJoined = true;
        words.putLongRelease(MISSED_FROM, 0);
        words.putLongRelease(JOINED_AT, sequence);
    }

    /** Stops feeding: nothing from this sequence on is in the ring. */
    void leave(final long sequence) {
        isJoined = false;
        words.putLongRelease(MISSED_FROM, sequence);
        tell();
    }

    private void tell() {
        if (null != mark) {
            mark.add();
        }
    }

    /** Tells from now on when there is something, and at once, for what there was. */
    void markOn(final ReadyBoard.Mark place) {
        mark = place;
        tell();
    }

    /** Nobody will poll it any more. Poller's thread. */
    void abandon() {
        isAbandoned = true;
    }

    /** Whether its poller has gone. */
    boolean isAbandoned() {
        return isAbandoned;
    }

    /** First sequence that the ring won't bring, 0 when it brings all. Poller's thread. */
    long missedFrom() {
        return words.getLongAcquire(MISSED_FROM);
    }

    /** Sequence from which the core feeds since the last {@link #forgetJoin}, 0 before it answered. Poller's thread. */
    long joinedAt() {
        return words.getLongAcquire(JOINED_AT);
    }

    /** Clears the answer before the core is asked to join. Poller's thread, while the core owes no answer. */
    void forgetJoin() {
        words.putLongRelease(JOINED_AT, 0);
    }
}

package io.strowger.router.dispatch;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A status that somebody has asked for: written in one go by who folds the journal, read at the asker's own pace.
 *
 * <pre>
 *   ASKED ──► ANSWERED: position, items ──► read up to the end ──► its room is given back
 *     └─────► REFUSED: why
 *
 *   a chunk     0        4            4 + length, to the next multiple of 4
 *               +--------+------------+--------+---- - -
 *               | length | an item    | length | ...
 *               +--------+------------+--------+---- - -
 *                 i32      SnapshotItem
 * </pre>
 *
 * <p>One thread asks and reads; one answers. Who is through with it closes it: the room of one that is lost comes back only when the
 * collector finds it.
 */
public final class StatusReport implements AutoCloseable {
    /** A status of one user fits into a few kilobytes, and fresh memory is most of what it would cost. */
    private static final int FIRST_CHUNK_LENGTH = 4 * 1024;
    private static final int CHUNK_LENGTH = 64 * 1024;
    private static final String CLOSED = "closed";

    private final Filter filter;
    private final StatusRoom room;
    private final ArrayDeque<UnsafeBuffer> chunks = new ArrayDeque<>();
    private final EventView view = new EventView();
    /** Null until it is answered, then empty, or why it is refused. */
    private final AtomicReference<String> answer = new AtomicReference<>();
    /** Null before the first chunk. */
    private StatusRoom.Share share;
    private UnsafeBuffer last;
    private int lastLength;
    private long position;
    private long items;
    private int readOffset;

    /**
     * A question.
     *
     * @param filter of whose tenant, names and kinds the items are; an item of a kind is wanted when any type of that kind is.
     * @param room   that its items take while they wait.
     */
    public StatusReport(final Filter filter, final StatusRoom room) {
        this.filter = filter;
        this.room = room;
    }

    /** Of whose tenant, names and kinds. */
    public Filter filter() {
        return filter;
    }

    /** Whose it is: the number of a tenant; of the operator's, who ask for every tenant, one that no tenant has. */
    public int tenant() {
        return filter.tenant();
    }

    /** Answers it. The folding thread. */
    public void answer(final ItemSource source) {
        if (null != answer.get()) {
            return;
        }
        position = source.position();
        boolean isWhole = false;
        try {
            isWhole = write(source);
        } finally {
            if (!isWhole) {
                drop();
            }
        }
        final boolean isWaitedFor = answer.compareAndSet(null, isWhole ? "" : room.refusal());
        if (!isWaitedFor) {
            drop();
        }
    }

    /** Refuses it. The folding thread. */
    public void refuse(final String reason) {
        answer.compareAndSet(null, reason);
    }

    /**
     * Whether it can be read.
     *
     * @throws StatusException when it was refused.
     */
    public boolean isReady() {
        final String text = answer.get();
        if (null != text && !text.isEmpty()) {
            throw new StatusException(text);
        }
        return null != text;
    }

    /** Whether it was answered, and not refused. */
    boolean isAnswered() {
        return "".equals(answer.get());
    }

    /** The sequence that it is the status behind; once it is ready. */
    public long position() {
        return position;
    }

    /** How many items it has; once it is ready. */
    public long items() {
        return items;
    }

    /**
     * Reads the next items; once it is ready.
     *
     * @param handler takes each; what it throws comes out of this call, and the item is the next again.
     * @param limit   most items in this call, from 1.
     * @return how many were read, less than the limit at the end.
     * @throws IllegalArgumentException when the limit is below 1.
     */
    public int read(final EventHandler handler, final int limit) {
        Delivery.check(limit);
        int count = 0;
        while (count < limit && !chunks.isEmpty()) {
            final UnsafeBuffer chunk = chunks.peekFirst();
            final int end = 1 == chunks.size() ? lastLength : chunk.capacity();
            final int length = readOffset + Integer.BYTES > end ? 0 : chunk.getInt(readOffset);
            if (0 == length) {
                chunks.removeFirst();
                share.giveBack(chunk.capacity());
                readOffset = 0;
            } else {
                handler.onSnapshotItem(chunk, readOffset + Integer.BYTES, length);
                readOffset += BitUtil.align(Integer.BYTES + length, Integer.BYTES);
                count++;
            }
        }
        return count;
    }

    /** Wants no more of it. The asker's thread; repeated calls do nothing. */
    @Override
    public void close() {
        if (!answer.compareAndSet(null, CLOSED) && !CLOSED.equals(answer.getAndSet(CLOSED))) {
            drop();
        }
    }

    private boolean write(final ItemSource source) {
        if (!filter.asksForUsersOnly()) {
            return source.items(filter.tenant(), this::offer);
        }
        boolean isWhole = true;
        for (final Subject subject : filter.subjects()) {
            isWhole &= source.userItems(filter.tenant(), subject.bytes(), this::offer);
        }
        return isWhole;
    }

    private boolean offer(final DirectBuffer buffer, final int offset, final int length) {
        if (!filter.matchesItem(view.wrapItem(buffer, offset))) {
            return true;
        }
        final int space = BitUtil.align(Integer.BYTES + length, Integer.BYTES);
        if ((null == last || lastLength + space > last.capacity()) && !grow(space)) {
            return false;
        }
        last.putInt(lastLength, length);
        last.putBytes(lastLength + Integer.BYTES, buffer, offset, length);
        lastLength += space;
        items++;
        return true;
    }

    private boolean grow(final int space) {
        final int usual = null == last ? FIRST_CHUNK_LENGTH : Math.min(2 * last.capacity(), CHUNK_LENGTH);
        final int length = Math.max(space, usual);
        if (null == share) {
            share = room.share(this);
        }
        if (!share.take(length)) {
            return false;
        }
        try {
            last = new UnsafeBuffer(new byte[length]);
        } catch (final OutOfMemoryError none) {
            share.giveBack(length);
            throw none;
        }
        lastLength = 0;
        chunks.addLast(last);
        return true;
    }

    private void drop() {
        long bytes = 0;
        for (final UnsafeBuffer chunk : chunks) {
            bytes += chunk.capacity();
        }
        chunks.clear();
        if (bytes > 0) {
            share.giveBack(bytes);
        }
    }
}

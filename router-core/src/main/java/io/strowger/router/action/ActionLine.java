package io.strowger.router.action;

import java.util.ArrayDeque;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * What joins a client's handle to the desk: the keys it has asked with go one way, the answers the other.
 *
 * <pre>
 *   an ask     0       8
 *              +-------+-----+          an answer is drawn in {@link ActionAnswer}
 *              |  ask  | key |
 *              +-------+-----+
 *                i64
 * </pre>
 *
 * <p>Neither ring should be full: each ask that has no end yet takes one place in the first and at most three answers in the second, and
 * the handle has no more of them than its window. An ask that finds no room all the same is refused; an answer is held, and told when the
 * handle has polled. Handle and desk each write their own ring's end; but for what is held, nothing is allocated after construction.
 */
final class ActionLine {
    private static final int TYPE = 1;
    private static final int ALIGNMENT = 128;
    private static final int RING_ALIGNMENT = 8;
    private static final int ASK_SPACE = space(Long.BYTES + ActionGrant.MAX_NAME_LENGTH);
    private static final int STEP_SPACE = space(ActionAnswer.FIXED_LENGTH + ActionGrant.MAX_NAME_LENGTH);
    private static final int END_SPACE = space(ActionAnswer.FIXED_LENGTH + ActionGrant.MAX_NAME_LENGTH + ActionAnswer.MAX_NATIVE_ID_LENGTH
        + ActionAnswer.MAX_TEXT_LENGTH);

    private final int tenant;
    private final byte[] clientId;
    private final OneToOneRingBuffer asks;
    private final OneToOneRingBuffer answers;
    private final AskTable table;
    private final MessageHandler askHandler = this::onAsk;
    private final Runnable tellingHeld = this::tellHeld;
    /** Answers that found no room, in their order. Core thread. */
    private final ArrayDeque<byte[]> held = new ArrayDeque<>(0);
    /** Set by the core thread: answers are held. */
    private volatile boolean isHolding;
    /** Set by the handle. */
    private volatile boolean isClosed;

    /**
     * A line that the desk does not know yet.
     *
     * @param clientId of the client, in UTF-8.
     */
    ActionLine(final ActionGrant grant, final byte[] clientId) {
        this.tenant = grant.tenant();
        this.clientId = clientId;
        // a ring pads at its end, by less than the longest entry, and keeps a header's room free
        this.asks = newRing((grant.window() + 2) * ASK_SPACE, ASK_SPACE);
        this.answers = newRing(grant.window() * (2 * STEP_SPACE + END_SPACE) + 2 * END_SPACE, END_SPACE);
        this.table = new AskTable(grant.window());
    }

    int tenant() {
        return tenant;
    }

    byte[] clientId() {
        return clientId;
    }

    /** The desk's side of it. Core thread. */
    AskTable table() {
        return table;
    }

    /** The handle's end of the answers. */
    OneToOneRingBuffer answers() {
        return answers;
    }

    /** Nobody asks or polls any more. Handle's thread. */
    void close() {
        isClosed = true;
    }

    boolean isClosed() {
        return isClosed;
    }

    /**
     * Says that the next signal of the handle asks with this key; before the signal can be seen by anybody. Handle's thread.
     *
     * @return false when there is no room: then the signal must not go in.
     */
    boolean ask(final long ask, final DirectBuffer buffer, final int offset, final int length) {
        final int index = asks.tryClaim(TYPE, Long.BYTES + length);
        if (index < 0) {
            return false;
        }
        final AtomicBuffer ring = asks.buffer();
        ring.putLong(index, ask);
        ring.putBytes(index + Long.BYTES, buffer, offset, length);
        asks.commit(index);
        return true;
    }

    /** Takes over what the handle has asked with by now. Core thread. */
    void takeAsks() {
        // a read ends at the ring's end, and one that meets the padding there alone has read nothing
        int idle = 0;
        while (idle < 2) {
            idle = asks.read(askHandler) > 0 ? 0 : idle + 1;
        }
    }

    /** Tells the handle that its ask stands so now, and remembers that. Core thread. */
    void tell(final int entry, final long action, final int status) {
        put(entry, action, status, null, 0, 0, null, 0, 0);
        table.stands(entry, action, status);
    }

    /** Tells the handle the end of its ask, and forgets the ask. Core thread. */
    void tellEnd(final int entry, final long action, final int status, final DirectBuffer nativeIds, final int nativeId,
                 final int nativeIdLength, final DirectBuffer texts, final int text, final int textLength) {
        put(entry, action, status, nativeIds, nativeId, Math.min(nativeIdLength, ActionAnswer.MAX_NATIVE_ID_LENGTH), texts, text,
            Math.min(textLength, ActionAnswer.MAX_TEXT_LENGTH));
        table.remove(entry);
    }

    private void put(final int entry, final long action, final int status, final DirectBuffer nativeIds, final int nativeId,
                     final int nativeIdLength, final DirectBuffer texts, final int text, final int textLength) {
        final int keyLength = table.keyLength(entry);
        final int length = ActionAnswer.FIXED_LENGTH + keyLength + nativeIdLength + textLength;
        tellHeld();
        final int index = held.isEmpty() ? answers.tryClaim(TYPE, length) : -1;
        final MutableDirectBuffer ring = index < 0 ? new UnsafeBuffer(hold(length)) : answers.buffer();
        final int from = Math.max(0, index);
        ActionAnswer.put(ring, from, table.ask(entry), action, status, table.isRepeated(entry));
        ActionAnswer.putLengths(ring, from, keyLength, nativeIdLength, textLength);
        int at = from + ActionAnswer.FIXED_LENGTH;
        ring.putBytes(at, table.keys(), table.keyOffset(entry), keyLength);
        at += keyLength;
        if (nativeIdLength > 0) {
            ring.putBytes(at, nativeIds, nativeId, nativeIdLength);
            at += nativeIdLength;
        }
        if (textLength > 0) {
            ring.putBytes(at, texts, text, textLength);
        }
        if (index >= 0) {
            answers.commit(index);
        }
    }

    private byte[] hold(final int length) {
        final byte[] answer = new byte[length];
        held.add(answer);
        isHolding = true;
        return answer;
    }

    /** Tells as many of the answers that are held as there is room for. Core thread. */
    void tellHeld() {
        while (!held.isEmpty()) {
            final byte[] answer = held.peek();
            final int index = answers.tryClaim(TYPE, answer.length);
            if (index < 0) {
                return;
            }
            answers.buffer().putBytes(index, answer);
            answers.commit(index);
            held.remove();
            isHolding = !held.isEmpty();
        }
    }

    /** Whether answers wait for room. Any thread. */
    boolean isHolding() {
        return isHolding;
    }

    /** What the core thread does when the handle has polled and answers are held. */
    Runnable tellingHeld() {
        return tellingHeld;
    }

    private void onAsk(final int type, final MutableDirectBuffer buffer, final int index, final int length) {
        table.add(buffer.getLong(index), buffer, index + Long.BYTES, length - Long.BYTES);
    }

    /** A ring takes no entry that is longer than an eighth of it. */
    private static OneToOneRingBuffer newRing(final int length, final int longest) {
        final int capacity = BitUtil.findNextPositivePowerOfTwo(Math.max(length, 8 * longest));
        return new OneToOneRingBuffer(new UnsafeBuffer(BufferUtil.allocateDirectAligned(
            capacity + RingBufferDescriptor.TRAILER_LENGTH, ALIGNMENT)));
    }

    private static int space(final int length) {
        return BitUtil.align(length + RING_ALIGNMENT, RING_ALIGNMENT);
    }
}

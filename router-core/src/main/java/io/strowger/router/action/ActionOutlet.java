package io.strowger.router.action;

import io.strowger.codecs.SignalLayout;
import io.strowger.router.dispatch.CoreCommands;
import io.strowger.router.status.ReturnCode;
import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.LongArrayQueue;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * The actions of one source on their way to its connection: those that were accepted while the outlet was open, once each, in their order.
 *
 * <p>Whoever polls it answers each action with {@code ActionResult} signals, sent through a channel with the source's number. What it can't
 * hold (128 KiB wait), and what nobody has taken when it is closed, ends as failed with the text {@code source takes no actions}; what
 * was taken ends as {@code unknown} when the source goes down. What waits is over when the source goes, says hello or restarts, and when
 * its deadline passes: it does not come out. A source has one outlet: another one that is opened takes its place.
 *
 * <p>One thread polls and closes; allocates nothing after construction.
 */
public final class ActionOutlet implements AutoCloseable {
    private static final int CAPACITY = 128 * 1024;
    private static final int ALIGNMENT = 128;
    private static final int TYPE = 1;

    private final int source;
    private final CoreCommands commands;
    private final EpochNanoClock clock;
    private final OneToOneRingBuffer ring = new OneToOneRingBuffer(new UnsafeBuffer(
        BufferUtil.allocateDirectAligned(CAPACITY + RingBufferDescriptor.TRAILER_LENGTH, ALIGNMENT)));
    private final ControlledMessageHandler entryHandler = this::onEntry;
    private ActionHandler handler;
    private Runnable onClose;
    private boolean hasRefused;
    /** Actions passed over in a read because they are over. */
    private int passed;
    /** Set by the core thread before anybody has the outlet. */
    private OutletMark mark;
    /** Within a call of the handler. */
    private boolean isInside;
    /** Closed from within the handler. */
    private boolean isLeaving;
    /** Set by the polling thread. */
    private volatile boolean isClosed;
    /** Set by the core thread: another outlet has taken the place. */
    private volatile boolean isReplaced;

    /**
     * An outlet that the desk does not know yet.
     *
     * @param source number of the source.
     * @param clock  of deadlines, nanoseconds since 1970.
     */
    ActionOutlet(final int source, final CoreCommands commands, final EpochNanoClock clock) {
        this.source = source;
        this.clock = clock;
        this.commands = commands;
    }

    /**
     * Takes the next actions.
     *
     * @param actionHandler takes each; what it throws comes out of this call, and the action counts as taken.
     * @param limit         most actions in this call, from 1.
     * @return how many were taken, 0 when there is none, or none that the handler can take now; {@link ReturnCode#CLOSED} when nothing
     *     more will come: it is closed, the router is, or another outlet of the source has emptied its place.
     * @throws IllegalArgumentException when the limit is below 1.
     * @throws IllegalStateException    when the handler calls it.
     */
    public int poll(final ActionHandler actionHandler, final int limit) {
        ActionClient.check(limit, isInside);
        if (isClosed || commands.isClosed() || commands.hasFailed()) {
            return ReturnCode.CLOSED;
        }
        // read before the ring: what is in it behind that is all there will be
        final boolean wasReplaced = isReplaced;
        handler = actionHandler;
        hasRefused = false;
        isInside = true;
        try {
            final int count = read(limit);
            return 0 == count && wasReplaced && 0 == ring.size() ? ReturnCode.CLOSED : count;
        } finally {
            isInside = false;
            if (isLeaving) {
                leave();
            }
        }
    }

    private int read(final int limit) {
        int taken = readOnce(limit);
        boolean hasMoved = true;
        while (0 == taken && !hasRefused && hasMoved && ring.size() > 0) {
            // a read that meets the padding at the ring's end alone has read nothing, but moved
            final long before = ring.consumerPosition();
            taken = readOnce(limit);
            hasMoved = ring.consumerPosition() > before;
        }
        return taken;
    }

    private int readOnce(final int limit) {
        passed = 0;
        return ring.controlledRead(entryHandler, limit) - passed;
    }

    /** Number of the source. */
    public int source() {
        return source;
    }

    /**
     * Takes no more. What waits in it ends as failed. On the polling thread, also from within the handler, which is then called no more.
     * Repeated calls do nothing.
     */
    @Override
    public void close() {
        isLeaving = true;
        if (!isInside) {
            leave();
        }
    }

    /** From here on the core thread reads the ring. */
    private void leave() {
        if (!isClosed) {
            isClosed = true;
            // when this can't be passed on now, the next action of the source or its next outlet takes it along
            commands.offer(onClose);
        }
    }

    /** What the core thread does when it is closed; before anybody has it. */
    void onClose(final Runnable command) {
        onClose = command;
    }

    /** Knows from now on what is over. Core thread, before anybody has it. */
    void mark(final OutletMark itsMark) {
        mark = itsMark;
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Another one takes its place. Core thread. */
    void replace() {
        isReplaced = true;
    }

    /**
     * Puts an action in. Core thread.
     *
     * @param action sequence of its record, which its results will name.
     * @return false when there is no room.
     */
    boolean offer(final long action, final DirectBuffer signal, final int offset, final int length) {
        final int index = ring.tryClaim(TYPE, length);
        if (index < 0) {
            return false;
        }
        final AtomicBuffer buffer = ring.buffer();
        buffer.putBytes(index, signal, offset, length);
        buffer.putInt(index + SignalLayout.SOURCE_OFFSET, source, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(index + SignalLayout.SOURCE_SEQUENCE_OFFSET, action, ByteOrder.LITTLE_ENDIAN);
        ring.commit(index);
        return true;
    }

    /** Takes out what nobody will poll any more, behind its close. Core thread. */
    void empty(final LongArrayQueue actions) {
        final MessageHandler into = (type, buffer, index, length) -> actions.addLong(SignalLayout.sourceSequence(buffer, index));
        int idle = 0;
        while (idle < 2) {
            idle = ring.read(into) > 0 ? 0 : idle + 1;
        }
    }

    private ControlledMessageHandler.Action onEntry(final int type, final MutableDirectBuffer buffer, final int index, final int length) {
        final long action = SignalLayout.sourceSequence(buffer, index);
        final long deadlineNs = buffer.getLong(index + ActionTemplates.DEADLINE_OFFSET, ByteOrder.LITTLE_ENDIAN);
        if (!isLeaving && (deadlineNs <= clock.nanoTime() || mark.isOver(action, deadlineNs))) {
            passed++;
            return ControlledMessageHandler.Action.CONTINUE;
        }
        if (!isLeaving && handler.onAction(action, buffer, index, length)) {
            return ControlledMessageHandler.Action.CONTINUE;
        }
        hasRefused = true;
        return ControlledMessageHandler.Action.ABORT;
    }
}

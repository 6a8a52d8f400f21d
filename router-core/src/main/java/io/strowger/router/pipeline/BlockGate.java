package io.strowger.router.pipeline;

import io.strowger.router.action.ActionDesk;
import io.strowger.router.dispatch.Dispatcher;
import org.agrona.DirectBuffer;

/**
 * When a block that is in the journal is shown: at once, or when the durable end has passed it.
 *
 * <pre>
 *   visible when accepted    block ──────────────────────────────► Dispatcher, ActionDesk
 *   visible when durable     block ──► HeldBlocks ── durable? ──► Dispatcher, ActionDesk        no room: nothing is folded
 * </pre>
 *
 * <p>Whoever folds looks for room before each block, so a block that is finished always goes through. Core thread only.
 */
final class BlockGate {
    private final Dispatcher dispatcher;
    private final ActionDesk desk;
    private final PublishedEnd durableEnd;
    /** Null when blocks are shown at once. */
    private final HeldBlocks held;

    /**
     * A gate with nothing behind it.
     *
     * @param desk       sees what the dispatcher does, behind it.
     * @param durableEnd last sequence on the disk.
     * @param held       keeps what waits for it; null: nothing waits.
     */
    BlockGate(final Dispatcher dispatcher, final ActionDesk desk, final PublishedEnd durableEnd, final HeldBlocks held) {
        this.dispatcher = dispatcher;
        this.desk = desk;
        this.durableEnd = durableEnd;
        this.held = held;
    }

    /** Whether another block may be begun. */
    boolean hasRoom() {
        return null == held || held.hasRoom();
    }

    /** A block, at offset 0, is in the journal. */
    void onBlock(final DirectBuffer block, final int length) {
        if (null == held) {
            show(block, 0, length);
        } else {
            held.add(block, length);
        }
    }

    /** Shows what has become durable. Returns how many blocks. */
    int showDurable() {
        if (null == held || held.isEmpty()) {
            return 0;
        }
        final long durable = durableEnd.sequence();
        int count = 0;
        while (!held.isEmpty() && held.lastSequence() <= durable) {
            show(held.buffer(), held.offset(), held.blockLength());
            held.remove();
            count++;
        }
        return count;
    }

    private void show(final DirectBuffer block, final int offset, final int length) {
        dispatcher.onBlock(block, offset, length);
        desk.onBlock(block, offset);
    }

    /** Whether everything is shown. */
    boolean isEmpty() {
        return null == held || held.isEmpty();
    }
}

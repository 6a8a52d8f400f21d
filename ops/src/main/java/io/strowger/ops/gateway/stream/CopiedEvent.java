package io.strowger.ops.gateway.stream;

import io.strowger.router.dispatch.ConflatedHandler;
import io.strowger.router.dispatch.EventHandler;
import io.strowger.router.record.RecordLayout;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An event that was read on another thread, on its way to the gateway's loop.
 *
 * @param record its record, from offset 0.
 * @param folded how many earlier ones it stands for.
 */
record CopiedEvent(UnsafeBuffer record, long folded) {
    /** Copies what comes. A status is never read on another thread. */
    static final class Copier implements EventHandler, ConflatedHandler {
        private final List<CopiedEvent> copies = new ArrayList<>();

        List<CopiedEvent> copies() {
            return copies;
        }

        @Override
        public void onEvent(final DirectBuffer buffer, final int record) {
            onLatest(buffer, record, 0);
        }

        @Override
        public void onLatest(final DirectBuffer buffer, final int record, final long folded) {
            final int length = RecordLayout.length(buffer, record);
            final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
            copy.putBytes(0, buffer, record, length);
            copies.add(new CopiedEvent(copy, folded));
        }

        @Override
        public void onSnapshotBegin(final long position) {
            throw new IllegalStateException("a status is read on the loop");
        }

        @Override
        public void onSnapshotItem(final DirectBuffer buffer, final int item, final int length) {
            throw new IllegalStateException("a status is read on the loop");
        }

        @Override
        public void onSnapshotEnd(final long position) {
            throw new IllegalStateException("a status is read on the loop");
        }
    }
}

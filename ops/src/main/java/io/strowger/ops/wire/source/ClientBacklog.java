package io.strowger.ops.wire.source;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ActionResultDecoder;
import io.strowger.codecs.sbe.SourceAckDecoder;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Signals of a client that are not acknowledged yet, in their order. Any thread.
 *
 * <pre>
 *   offered ──► unsent ── sent once, under a number ──► sent ── acknowledged ──► gone
 *                  ▲                                      │ the connection has gone
 *                  └──────────────────────────────────────┘
 * </pre>
 *
 * <p>Results of actions have no number: they are gone once they are sent, and when the connection goes, as their action is.
 */
final class ClientBacklog {
    private static final long NO_NUMBER = SourceAckDecoder.sourceSequenceNullValue();
    private static final long NOT_YET = NO_NUMBER + 1;

    private final Deque<Entry> unsent = new ArrayDeque<>();
    private final Deque<Entry> sent = new ArrayDeque<>();
    private final boolean hasNumbers;
    private final long mostBytes;
    private long bytes;
    private long next = -1;
    private long acknowledged = -1;

    /**
     * Nothing waits.
     *
     * @param hasNumbers whether signals come with numbers.
     * @param mostBytes  that wait.
     */
    ClientBacklog(final boolean hasNumbers, final long mostBytes) {
        this.hasNumbers = hasNumbers;
        this.mostBytes = mostBytes;
    }

    /** Takes a signal; false when too many wait. */
    synchronized boolean add(final DirectBuffer buffer, final int offset, final int length) {
        if (bytes + length > mostBytes) {
            return false;
        }
        final byte[] copy = new byte[length];
        buffer.getBytes(offset, copy);
        final UnsafeBuffer signal = new UnsafeBuffer(copy);
        final Entry entry = new Entry(signal);
        if (ActionResultDecoder.TEMPLATE_ID == SignalLayout.templateId(signal, 0)) {
            entry.number = NO_NUMBER;
            number(entry, NO_NUMBER);
        } else if (hasNumbers) {
            entry.number = SignalLayout.sourceSequence(signal, 0);
        }
        bytes += length;
        unsent.add(entry);
        return true;
    }

    /** The signal to be sent next, under its number; null when there is none. */
    synchronized DirectBuffer peek() {
        final Entry entry = unsent.peek();
        if (null == entry) {
            return null;
        }
        if (NOT_YET == entry.number) {
            number(entry, next);
            next++;
        }
        return entry.signal;
    }

    /** That one is sent. */
    synchronized void markSent() {
        final Entry entry = unsent.remove();
        if (NO_NUMBER == entry.number) {
            bytes -= entry.signal.capacity();
        } else {
            sent.add(entry);
        }
    }

    /** Everything up to a number is kept by the router. */
    synchronized void acknowledge(final long upTo) {
        acknowledged = Math.max(acknowledged, upTo);
        dropUpTo(sent, upTo);
    }

    /** The connection has gone. */
    synchronized void disconnected() {
        while (!sent.isEmpty()) {
            unsent.addFirst(sent.removeLast());
        }
        for (final Iterator<Entry> entries = unsent.iterator(); entries.hasNext();) {
            final Entry entry = entries.next();
            if (NO_NUMBER == entry.number) {
                bytes -= entry.signal.capacity();
                entries.remove();
            }
        }
    }

    /** A new connection goes on behind what the router has. */
    synchronized void welcome(final long last) {
        acknowledged = Math.max(acknowledged, last);
        dropUpTo(unsent, last);
        next = Math.max(next, Math.max(last + 1, 1));
    }

    /** How many signals wait to be acknowledged. */
    synchronized int size() {
        return unsent.size() + sent.size();
    }

    /** Greatest number that is acknowledged, -1 for none. */
    synchronized long acknowledged() {
        return acknowledged;
    }

    private void dropUpTo(final Deque<Entry> entries, final long upTo) {
        while (!entries.isEmpty() && isNumbered(entries.peek()) && entries.peek().number <= upTo) {
            bytes -= entries.remove().signal.capacity();
        }
    }

    private static boolean isNumbered(final Entry entry) {
        return NOT_YET != entry.number && NO_NUMBER != entry.number;
    }

    private static void number(final Entry entry, final long number) {
        entry.number = number;
        entry.signal.putLong(SignalLayout.SOURCE_SEQUENCE_OFFSET, number, ByteOrder.LITTLE_ENDIAN);
    }

    private static final class Entry {
        private final UnsafeBuffer signal;
        private long number = NOT_YET;

        Entry(final UnsafeBuffer signal) {
            this.signal = signal;
        }
    }
}

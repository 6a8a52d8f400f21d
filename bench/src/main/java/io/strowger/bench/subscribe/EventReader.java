package io.strowger.bench.subscribe;

import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.router.dispatch.EventHandler;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.ReturnCode;
import org.agrona.DirectBuffer;

/**
 * One subscription to everything, and what is done with an event: in process it is looked at, over TCP it is copied into the buffer of a
 * connection. Both see that sequences only grow. Polling thread, but for what is said to be read by others.
 */
final class EventReader implements AutoCloseable {
    private final Subscription subscription;
    private final TcpLine line;
    private final EventDecoder event = new EventDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EventHandler looking = this::look;
    private final EventHandler sending = this::send;
    private long last;
    private long count;
    private long sum;
    private long seen;

    EventReader(final Subscription subscription, final TcpLine line) {
        this.subscription = subscription;
        this.line = line;
    }

    /**
     * Takes what there is.
     *
     * @return how many events.
     */
    int poll(final boolean isOverTcp, final int limit) {
        final EventHandler handler = isOverTcp ? sending : looking;
        int code = subscription.poll(handler, limit);
        if (ReturnCode.NEEDS_CATCH_UP == code) {
            code = subscription.catchUp(handler, limit);
        }
        if (code < 0) {
            throw new IllegalStateException("a subscription says " + ReturnCode.toString(code));
        }
        if (0 == code) {
            // nothing more to fill the buffer with: who waits for what is in it gets it
            line.flush();
        }
        return code;
    }

    /** Events so far. Read by others once the poller has said so. */
    long count() {
        return count;
    }

    /** Sum of their sequences so far. As {@link #count}. */
    long sum() {
        return sum;
    }

    /** Keeps what the handler reads from being left out as unused. */
    long seen() {
        return seen;
    }

    /** Bytes that were put into the connection's buffer so far. As {@link #count}. */
    long sentBytes() {
        return line.sentBytes();
    }

    @Override
    public void close() {
        subscription.close();
        line.close();
    }

    private void look(final DirectBuffer buffer, final int record) {
        take(RecordLayout.sequence(buffer, record));
        event.wrapAndApplyHeader(buffer, RecordLayout.eventOffset(buffer, record), header);
        seen += event.eventTypeRaw();
        event.skipNativeId();
        event.skipCallId();
        seen += event.localUserLength();
    }

    private void send(final DirectBuffer buffer, final int record) {
        final long sequence = RecordLayout.sequence(buffer, record);
        take(sequence);
        line.send(sequence, buffer, RecordLayout.eventOffset(buffer, record), RecordLayout.eventLength(buffer, record));
    }

    private void take(final long sequence) {
        if (sequence <= last) {
            throw new IllegalStateException("event " + sequence + " behind " + last);
        }
        last = sequence;
        sum += sequence;
        count++;
    }
}

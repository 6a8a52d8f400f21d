package io.strowger.ops.wire.application;

import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.SnapshotItemDecoder;
import io.strowger.codecs.sbe.application.Start;
import io.strowger.codecs.sbe.application.StreamEventDecoder;
import io.strowger.codecs.sbe.application.Why;
import java.nio.charset.StandardCharsets;

/**
 * A stream of a client, or a question for the status: it goes on behind its last position whenever the connection is made again, until it
 * ends or is closed. Any thread gives credit and closes.
 *
 * <pre>
 *   ORDERED ──► OPEN ──► ENDED: by the server, with a reason for good; by close
 *      ^──────────┘ the connection was lost, or the server has no time
 * </pre>
 */
public final class ApplicationStream implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ApplicationStream.class.getName());
    private static final int POSITION_LENGTH = StreamEventDecoder.positionLength();

    private final ApplicationClient client;
    private final int id;
    private final StreamOrder order;
    private final StreamListener listener;
    private final boolean isQuestion;
    private final byte[] position = new byte[POSITION_LENGTH];
    /** Whether there is a position to go on behind. */
    private boolean isPlaced;
    private boolean wasOpen;
    /** What may still come, of credit by hand. */
    private int left;
    /** What has come since credit was given last. */
    private int used;
    private boolean isDue;
    private volatile boolean isClosing;
    private volatile boolean isEnded;

    ApplicationStream(final ApplicationClient client, final int id, final StreamOrder order, final StreamListener listener,
                      final boolean isQuestion) {
        this.client = client;
        this.id = id;
        this.order = order;
        this.listener = listener;
        this.isQuestion = isQuestion;
        this.left = order.window();
    }

    /**
     * Lets more come; of a stream whose credit is given by hand.
     *
     * @param more events and things of a status, from 1.
     */
    public void credit(final int more) {
        if (!order.isByHand() || more < 1) {
            throw new IllegalArgumentException("credit is a number from 1, of a stream whose credit is given by hand");
        }
        client.locked(() -> {
            left = (int)Math.min(Integer.MAX_VALUE, (long)left + more);
            client.send(writer -> writer.credit(id, more));
        });
    }

    /** The last position, to go on behind with another client; null before there is one. */
    public String position() {
        final String[] place = new String[1];
        client.locked(() -> place[0] = isPlaced ? new String(position, StandardCharsets.US_ASCII) : null);
        return place[0];
    }

    /** Whether nothing more comes. */
    public boolean isEnded() {
        return isEnded;
    }

    /** Wants no more: behind this no event is brought; {@link StreamListener#onEnd} is. Repeated calls do nothing. */
    @Override
    public void close() {
        final boolean[] isLast = new boolean[1];
        client.locked(() -> {
            if (!isClosing && !isEnded) {
                isClosing = true;
                isLast[0] = !client.send(writer -> writer.unsubscribe(id));
            }
        });
        if (isLast[0]) {
            end(Why.UNSUBSCRIBED, 0, "");
        }
    }

    int id() {
        return id;
    }

    /** Orders it, for the first time or again. Under the lock. */
    void order() {
        isDue = false;
        used = 0;
        if (!order.isByHand()) {
            left = order.window();
        }
        if (isQuestion) {
            client.send(writer -> writer.askStatus(id, left, order));
        } else if (isPlaced) {
            client.send(writer -> writer.subscribe(id, left, order, Start.BEHIND, new String(position, StandardCharsets.US_ASCII)));
        } else {
            client.send(writer -> writer.subscribe(id, left, order, order.start(), order.position()));
        }
    }

    /** The connection is lost. Returns whether it is wanted again. Under the lock. */
    boolean isWantedAgain() {
        return !isClosing && !isEnded;
    }

    /** Whether it has to be ordered again while the connection lasts. Under the lock. */
    boolean isDue() {
        return isDue && isWantedAgain();
    }

    void onSubscribed(final String from) {
        client.locked(() -> {
            wasOpen = true;
            if (!from.isEmpty()) {
                place(from);
            }
        });
        listener.onOpen();
    }

    void onEvent(final StreamEventDecoder frame, final EventDecoder event, final byte[] place) {
        if (isClosing) {
            return;
        }
        listener.onEvent(frame, event);
        client.locked(() -> {
            System.arraycopy(place, 0, position, 0, POSITION_LENGTH);
            isPlaced = true;
            take();
        });
    }

    void onStatusBegin() {
        if (!isClosing) {
            listener.onStatusBegin();
        }
    }

    void onStatusItem(final SnapshotItemDecoder item) {
        if (!isClosing) {
            listener.onStatusItem(item);
            client.locked(this::take);
        }
    }

    void onStatusEnd(final String place) {
        if (!isClosing) {
            listener.onStatusEnd(place);
            client.locked(() -> place(place));
        }
    }

    void onLag(final boolean isBehind) {
        if (!isClosing) {
            listener.onLag(isBehind);
        }
    }

    /** The server has ended it: it comes again where that is a matter of time. */
    void onEnd(final Why why, final long missed, final String text) {
        final boolean[] isOver = new boolean[1];
        client.locked(() -> {
            final boolean isForNow = Why.UNAVAILABLE == why || Why.TOO_MANY == why;
            isDue = isForNow && wasOpen && !isQuestion && isWantedAgain();
            isOver[0] = !isDue;
        });
        if (isOver[0]) {
            end(why, missed, text);
        }
    }

    /** The listener has failed. */
    void fail(final RuntimeException fault) {
        LOG.log(System.Logger.Level.WARNING, () -> "a stream ends, its listener has failed: " + fault);
        client.locked(() -> {
            isClosing = true;
            client.send(writer -> writer.unsubscribe(id));
        });
        end(Why.UNSUBSCRIBED, 0, "its listener has failed: " + fault);
    }

    /** Ends it for good. */
    void end(final Why why, final long missed, final String text) {
        final boolean[] isFirst = new boolean[1];
        client.locked(() -> {
            isFirst[0] = !isEnded;
            isEnded = true;
            isClosing = true;
            client.forget(id);
        });
        if (isFirst[0]) {
            listener.onEnd(why, missed, text);
        }
    }

    private void place(final String text) {
        System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, position, 0, POSITION_LENGTH);
        isPlaced = true;
    }

    /** One of the credit is used. */
    private void take() {
        left = Math.max(0, left - 1);
        used++;
        if (!order.isByHand() && used >= order.window() / 2) {
            final int more = used;
            used = 0;
            left += more;
            client.send(writer -> writer.credit(id, more));
        }
    }
}

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
 *   DUE ──► ORDERED ──► OPEN ──► ENDED: by the server, with a reason for good; by close
 *    ^──────────────────┘ the connection was lost, or the server has no time
 * </pre>
 *
 * <p>What is to be said of it is owed until the connection has room for it.
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
    /** Whether the server has opened it on this connection. */
    private boolean isOpen;
    /** What may still come, of credit by hand. */
    private int left;
    /** What has come since credit was given last. */
    private int used;
    /** Credit that was given, and the server was not told of. */
    private int owed;
    /** Whether it is to be ordered. */
    private boolean isDue = true;
    /** Whether the server has its order, on this connection, and has not ended it. */
    private boolean isOrdered;
    private boolean isToldToEnd;
    /** Whether it is to be ordered with the next tick, and no sooner. */
    private boolean isPutOff;
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
            left = sum(left, more);
            owe(more);
        });
    }

    /** The last position, to go on behind with another client; null before there is one. */
    public String position() {
        final String[] place = new String[1];
        client.locked(() -> place[0] = isPlaced ? new String(position, StandardCharsets.US_ASCII) : null);
        return place[0];
    }

    /** Whether it has ended. Its listener is told of that, if it was not yet, and of nothing else. */
    public boolean isEnded() {
        return isEnded;
    }

    /**
     * Wants no more, and does not wait: what the listener is being told at this moment it is told, behind that nothing but
     * {@link StreamListener#onEnd}. Repeated calls do nothing.
     */
    @Override
    public void close() {
        client.locked(() -> {
            if (!isClosing && !isEnded) {
                isClosing = true;
                if (isOrdered) {
                    pay();
                } else {
                    endLater(Why.UNSUBSCRIBED, "");
                }
            }
        });
    }

    int id() {
        return id;
    }

    /** The connection is another one, or the next tick has come: it is to be ordered again. Under the lock. */
    void renew() {
        isOrdered = false;
        isOpen = false;
        isToldToEnd = false;
        isPutOff = false;
        isDue = isWantedAgain();
        pay();
    }

    /** Says what is owed, as far as there is room. Under the lock. */
    void pay() {
        if (isClosing) {
            leave();
        } else if (isDue) {
            order();
        } else if (isOrdered && owed > 0 && client.send(writer -> writer.credit(id, owed))) {
            owed = 0;
        }
    }

    private void leave() {
        if (isOrdered && !isToldToEnd && client.send(writer -> writer.unsubscribe(id))) {
            isToldToEnd = true;
            if (isEnded) {
                client.forget(id);
            }
        }
    }

    private void order() {
        final int credit = order.isByHand() ? left : order.window();
        if (client.send(writer -> ordered(writer, credit))) {
            isDue = false;
            isOrdered = true;
            left = credit;
            used = 0;
            owed = 0;
        }
    }

    private RequestWriter ordered(final RequestWriter writer, final int credit) {
        if (isQuestion) {
            return writer.askStatus(id, credit, order);
        }
        return isPlaced ? writer.subscribe(id, credit, order, Start.BEHIND, new String(position, StandardCharsets.US_ASCII))
            : writer.subscribe(id, credit, order, order.start(), order.position());
    }

    /** The connection is lost. Returns whether that was its end. Under the lock. */
    boolean lose() {
        isOrdered = false;
        isOpen = false;
        return isClosing;
    }

    private boolean isWantedAgain() {
        return !isClosing && !isEnded;
    }

    /** Whether the server has no time for it, and it waits for the next tick. Under the lock. */
    boolean isPutOff() {
        return isPutOff && isWantedAgain();
    }

    void onSubscribed(final String from) {
        client.locked(() -> {
            wasOpen = true;
            isOpen = true;
            if (!from.isEmpty()) {
                place(from);
            }
        });
        if (!isEnded) {
            listener.onOpen();
        }
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
            isOrdered = false;
            isOpen = false;
            // of a void token the connection ends, too: with the next one all is wanted again, as when it was lost
            isPutOff = isWantedAgain() && (Why.UNAUTHORIZED == why || (isForNow && wasOpen && !isQuestion));
            isOver[0] = !isPutOff;
        });
        if (isOver[0]) {
            end(why, missed, text);
        }
    }

    /** What it was asked with was not understood: that is the end, unless it is open. */
    void onRefused(final Why why, final String text) {
        final boolean[] isOver = new boolean[1];
        client.locked(() -> isOver[0] = isOrdered && !isOpen);
        if (isOver[0]) {
            end(why, 0, text);
        }
    }

    /** The listener has failed. */
    void fail(final Throwable fault) {
        LOG.log(System.Logger.Level.WARNING, () -> "a stream ends, its listener has failed: " + fault);
        client.locked(() -> {
            isClosing = true;
            pay();
        });
        end(Why.UNSUBSCRIBED, 0, "its listener has failed: " + fault);
    }

    /** Ends it for good. In the turn of the thread that reads. */
    void end(final Why why, final long missed, final String text) {
        final boolean[] isFirst = new boolean[1];
        client.locked(() -> isFirst[0] = markEnded());
        if (isFirst[0]) {
            tellEnd(why, missed, text);
        }
    }

    /** Ends it for good; its listener is told when it is its turn. Under the lock. */
    void endLater(final Why why, final String text) {
        if (markEnded()) {
            client.teller().later(() -> tellEnd(why, 0, text));
        }
    }

    private boolean markEnded() {
        final boolean isFirst = !isEnded;
        isEnded = true;
        isClosing = true;
        if (!isOrdered || isToldToEnd) {
            client.forget(id);
        }
        return isFirst;
    }

    private void tellEnd(final Why why, final long missed, final String text) {
        try {
            listener.onEnd(why, missed, text);
        } catch (final RuntimeException | Error fault) {
            LOG.log(System.Logger.Level.WARNING, () -> "who hears that a stream has ended has failed: " + fault);
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
            left = sum(left, more);
            owe(more);
        }
    }

    private void owe(final int more) {
        owed = isOrdered ? sum(owed, more) : 0;
        pay();
    }

    private static int sum(final int one, final int other) {
        return (int)Math.min(Integer.MAX_VALUE, (long)one + other);
    }
}

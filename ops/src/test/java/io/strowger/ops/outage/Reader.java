package io.strowger.ops.outage;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An application that reads events on a thread of its own, and whenever its connection ends comes again and goes on behind the last event
 * that it had. It begins with the status.
 */
abstract class Reader implements AutoCloseable {
    private static final long AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final String name;
    private final Thread thread;
    private final List<Seen> seen = new ArrayList<>();
    private String begin;
    private String last;
    private long number;
    private int connections;
    private volatile String fault;
    private volatile boolean isClosed;

    /** One that has not begun. */
    Reader(final String name) {
        this.name = name;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /**
     * Reads until the connection ends.
     *
     * @param after token of the event to go on behind; null: with the status.
     * @throws IOException when it ends otherwise than in order.
     */
    abstract void read(String after) throws IOException, InterruptedException;

    final void start() {
        thread.start();
    }

    /** Position of the status that it has begun with; null as long as there is none. */
    final synchronized String begin() {
        return begin;
    }

    /** What it has got, over all connections, in the order it came. */
    final synchronized List<Seen> seen() {
        return List.copyOf(seen);
    }

    final synchronized int count() {
        return seen.size();
    }

    /** How many connections have brought something. */
    final synchronized int connections() {
        return connections;
    }

    /** What should not have come, or null. */
    final String fault() {
        return fault;
    }

    final void fault(final String text) {
        if (null == fault && !isClosed) {
            fault = text;
        }
    }

    /** The status is whole. */
    final synchronized void onStatus(final String position) {
        if (null != last) {
            fault("a second status");
        }
        begin = position;
        last = position;
    }

    /** An event has come. */
    final synchronized void onEvent(final JsonObject event) {
        final JsonObject data = event.getJsonObject("data");
        last = event.getString("id");
        number++;
        if (1 == number) {
            connections++;
        }
        if (number != data.getLong("sequence")) {
            fault("number " + data.getLong("sequence") + " in place of " + number + ": " + event);
        }
        seen.add(new Seen(last, event.getString("type") + ' ' + event.getString("source") + ' ' + data.getString("nativeId")));
    }

    private synchronized String connecting() {
        number = 0;
        return last;
    }

    private void run() {
        while (!isClosed) {
            try {
                read(connecting());
            } catch (final IOException gone) {
                // or not there yet: it comes again
            } catch (final InterruptedException e) {
                return;
            } catch (final RuntimeException e) {
                fault(e.toString());
                return;
            }
            LockSupport.parkNanos(AGAIN_NS);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
    }

    @Override
    public String toString() {
        return name + ": " + count() + " events on " + connections() + " connections" + (null == fault ? "" : ", " + fault);
    }

    /**
     * An event.
     *
     * @param id   its token.
     * @param what its type, source and session.
     */
    record Seen(String id, String what) {
    }
}

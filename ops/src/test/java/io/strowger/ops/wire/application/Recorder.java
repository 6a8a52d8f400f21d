package io.strowger.ops.wire.application;

import io.strowger.codecs.json.EventJson;
import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.SnapshotItemDecoder;
import io.strowger.codecs.sbe.application.StreamEventDecoder;
import io.strowger.codecs.sbe.application.Why;
import io.strowger.codecs.sbe.application.YesNo;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps what a stream brings: the client's thread brings it, the test takes it.
 */
final class Recorder implements StreamListener {
    private static final long SECONDS = 30;

    private final EventJson json = new EventJson();
    private final LinkedBlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
    private final CountDownLatch opened = new CountDownLatch(1);
    private final AtomicInteger opens = new AtomicInteger();
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private final List<Boolean> lags = new ArrayList<>();

    /**
     * What has come.
     *
     * @param what    "event", "begin", "item" or "end" of a status.
     * @param event   as JSON; null for the others.
     * @param blanks  numbers that must say nothing, as they stand there.
     */
    record Seen(String what, String position, long number, int folded, JsonObject event, List<Long> blanks, String item) {
        String type() {
            return null == event ? what : event.getString("type");
        }

        Object of(final String member) {
            return event.getJsonObject("data").getValue(member);
        }
    }

    /** How the stream has ended. */
    record End(Why why, long missed, String text) {
    }

    void awaitOpen() {
        try {
            if (!opened.await(SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("not open within " + SECONDS + " s");
            }
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** How often it was opened. */
    int opens() {
        return opens.get();
    }

    Seen take() {
        try {
            final Seen next = seen.poll(SECONDS, TimeUnit.SECONDS);
            if (null == next) {
                throw new AssertionError("nothing came within " + SECONDS + " s");
            }
            return next;
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    List<Seen> take(final int count) {
        final List<Seen> taken = new ArrayList<>();
        while (taken.size() < count) {
            taken.add(take());
        }
        return taken;
    }

    /** Everything up to so many of a type. */
    List<Seen> until(final String type, final int count) {
        final List<Seen> taken = new ArrayList<>();
        int left = count;
        while (left > 0) {
            final Seen next = take();
            taken.add(next);
            left -= type.equals(next.type()) ? 1 : 0;
        }
        return taken;
    }

    /** Everything up to the event with this member. */
    List<Seen> untilOf(final String member, final String value) {
        final List<Seen> taken = new ArrayList<>();
        Seen next;
        do {
            next = take();
            taken.add(next);
        } while (null == next.event() || !value.equals(next.of(member)));
        return taken;
    }

    /** How much is there now. */
    int count() {
        return seen.size();
    }

    /** Whether nothing is there now. */
    boolean isQuiet() {
        return seen.isEmpty();
    }

    End end() {
        try {
            return end.get(SECONDS, TimeUnit.SECONDS);
        } catch (final Exception e) {
            throw new AssertionError("no end: " + e, e);
        }
    }

    List<Boolean> lags() {
        synchronized (lags) {
            return List.copyOf(lags);
        }
    }

    @Override
    public void onOpen() {
        opens.incrementAndGet();
        opened.countDown();
    }

    @Override
    public void onEvent(final StreamEventDecoder frame, final EventDecoder event) {
        final int offset = event.offset() - 8;
        final String text = json.write(frame.position(), frame.number(), YesNo.YES == frame.derived(), event.buffer(), offset,
            event.buffer().capacity() - offset);
        seen.add(new Seen("event", frame.position(), frame.number(), frame.folded(), new JsonObject(text),
            List.of(event.sourceSequence(), (long)event.source()), null));
    }

    @Override
    public void onStatusBegin() {
        seen.add(new Seen("begin", null, 0, 0, null, List.of(), null));
    }

    @Override
    public void onStatusItem(final SnapshotItemDecoder item) {
        final List<Long> blanks = List.of(item.sourceSequence(), (long)item.source(), item.subscription(), item.position());
        seen.add(new Seen("item", null, 0, 0, null, blanks, item.kind() + " " + item.nativeId()));
    }

    @Override
    public void onStatusEnd(final String position) {
        seen.add(new Seen("end", position, 0, 0, null, List.of(), null));
    }

    @Override
    public void onLag(final boolean isBehind) {
        synchronized (lags) {
            lags.add(isBehind);
        }
    }

    @Override
    public void onEnd(final Why why, final long missed, final String text) {
        end.complete(new End(why, missed, text));
    }
}

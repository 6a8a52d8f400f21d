package io.strowger.ops.gateway.stream;

import io.strowger.ops.gateway.web.Problem;
import io.strowger.router.dispatch.ConflatedHandler;
import io.strowger.router.dispatch.EventHandler;
import io.strowger.router.dispatch.StatusException;
import io.strowger.router.journal.PositionException;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.ReturnCode;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.agrona.DirectBuffer;

/**
 * One stream of events to one application: from its subscription into its sink, as long as that has room.
 *
 * <pre>
 *   subscription ──► the loop, where only memory is read ─────────────────► allowed? ──► text ──► sink
 *        └─────────► the journal's thread, where files may be ──► copies ──────┘
 * </pre>
 *
 * <p>A strict one is read on where its sink has no room, for some hundred events: beyond those it is cut off, and told at once. On the
 * gateway's loop.
 */
public final class EventStream implements Pumped, EventHandler, ConflatedHandler {
    private static final int LIMIT = 64;
    /** Events that a strict stream may have waiting for its sink. */
    private static final int MOST_AHEAD = 256;

    private final Subscribed subscribed;
    private final PolicyReader reader;
    private final EventLines lines;
    private final EventSink sink;
    private final JournalThread journalThread;
    private final long number;
    private final ArrayDeque<CopiedEvent> pending = new ArrayDeque<>();
    private long count;
    /** Whether it was through with everything once. */
    private boolean wasLive;
    private boolean hadRoom;
    /** While the other thread reads. */
    private boolean isReading;
    /** When it began to. */
    private long lagBefore;
    private boolean wasReadElsewhere;
    private boolean wasLagging;
    private boolean isOver;
    private Runnable asking = () -> { };

    /**
     * A stream that has said nothing.
     *
     * @param subscribed is this one's from now on.
     * @param number     that it is told from others by.
     */
    EventStream(final Subscribed subscribed, final EventLines lines, final EventSink sink, final JournalThread journalThread,
                final long number) {
        this.number = number;
        this.subscribed = subscribed;
        this.reader = new PolicyReader(subscribed.subscription(), subscribed.request());
        this.lines = lines;
        this.sink = sink;
        this.journalThread = journalThread;
        this.wasLagging = !reader.isLive();
    }

    @Override
    public int turn() {
        if (isOver) {
            return 0;
        }
        final int work = turnOnce();
        if (!isOver) {
            tellLag();
            sink.turned();
        }
        return work;
    }

    private int turnOnce() {
        hadRoom = sink.isWritable();
        if (isOver || isReading) {
            return 0;
        }
        if (hadRoom && !pending.isEmpty()) {
            return writePending();
        }
        wasLive |= pending.isEmpty() && reader.isLive();
        if (hadRoom) {
            return read(Math.min(LIMIT, sink.room()));
        }
        return wasLive && reader.isStrict() ? readAhead() : 0;
    }

    /** What asks the pump for a turn of it. */
    void askedBy(final Runnable pump) {
        asking = pump;
    }

    /** Somebody has made room, or wants more. */
    public void ask() {
        asking.run();
    }

    @Override
    public boolean isResting() {
        return isReading || !hadRoom || (reader.isLive() && 0 == reader.lag());
    }

    @Override
    public void check() {
        if (!isOver && !subscribed.caller().isStill()) {
            end(Problem.unauthorized());
        }
    }

    @Override
    public boolean isOver() {
        return isOver;
    }

    @Override
    public void end(final Problem why) {
        if (!isOver) {
            close();
            sink.ended(why);
        }
    }

    /** How it is now. */
    StreamHealth health() {
        return new StreamHealth(number, subscribed.caller().credential().id(), tenant(), count,
            isReading ? lagBefore : reader.lag(), wasLagging);
    }

    /** Says no more: the application has gone, or wants it. */
    public void close() {
        if (!isOver) {
            isOver = true;
            subscribed.giveBack();
            pending.clear();
            if (!isReading) {
                closeReader();
            }
        }
    }

    @Override
    public void onEvent(final DirectBuffer buffer, final int record) {
        onLatest(buffer, record, 0);
    }

    @Override
    public void onLatest(final DirectBuffer buffer, final int record, final long folded) {
        if (lines.allows(subscribed.caller().credential().read(), buffer, record)) {
            count++;
            final String id = lines.id(RecordLayout.sequence(buffer, record), tenant());
            sink.event(id, count, folded, buffer, record);
        }
    }

    @Override
    public void onSnapshotBegin(final long position) {
        sink.statusBegins(lines.sealed(position, tenant()));
    }

    @Override
    public void onSnapshotItem(final DirectBuffer buffer, final int item, final int length) {
        if (lines.allowsItem(subscribed.caller().credential().read(), buffer, item)) {
            sink.statusItem(buffer, item, length);
        }
    }

    @Override
    public void onSnapshotEnd(final long position) {
        reader.onStatusRead();
        sink.statusEnds(lines.sealed(position, tenant()));
    }

    private void tellLag() {
        final boolean isLagging = isReading ? wasLagging : !reader.isLive() || !pending.isEmpty();
        if (isLagging != wasLagging) {
            wasLagging = isLagging;
            sink.lags(isLagging);
        }
    }

    private int tenant() {
        return subscribed.caller().credential().tenant();
    }

    private int writePending() {
        int written = 0;
        for (; written < LIMIT && sink.room() > 0 && !pending.isEmpty(); written++) {
            final CopiedEvent next = pending.poll();
            onLatest(next.record(), 0, next.folded());
        }
        return written;
    }

    /** Where the sink has no room: a strict one must know that it falls behind. */
    private int readAhead() {
        if (pending.size() < MOST_AHEAD) {
            return reader.lag() > 0 ? readElsewhere(copier -> reader.read(copier, copier, LIMIT)) : 0;
        }
        if (reader.lag() > 0) {
            elsewhere(reader::countUnsent).onComplete(counted -> cutOff(counted.succeeded() ? counted.result() : 0));
        }
        return 0;
    }

    private int read(final int limit) {
        if (reader.mayReadJournal()) {
            return readElsewhere(copier -> reader.read(copier, copier, limit));
        }
        try {
            final int code = reader.read(this, this, limit);
            return ReturnCode.NEEDS_CATCH_UP == code ? readElsewhere(copier -> reader.catchUp(copier, limit)) : went(code);
        } catch (final PositionException | StatusException e) {
            end(problem(e));
            return 0;
        }
    }

    private int readElsewhere(final ToIntFunction<CopiedEvent.Copier> reading) {
        final CopiedEvent.Copier copier = new CopiedEvent.Copier();
        elsewhere(() -> reading.applyAsInt(copier)).onComplete(read -> {
            if (!isOver) {
                pending.addAll(copier.copies());
                if (read.succeeded()) {
                    went(read.result());
                } else {
                    end(problem(read.cause()));
                }
            }
        });
        return 0;
    }

    private <T> Future<T> elsewhere(final Callable<T> work) {
        lagBefore = reader.lag();
        isReading = true;
        wasReadElsewhere = true;
        return journalThread.run(work, () -> {
            isReading = false;
            if (isOver) {
                closeReader();
            }
            ask();
        });
    }

    private int went(final int code) {
        if (ReturnCode.DISCONNECTED == code) {
            cutOff(reader.unsent());
        } else if (ReturnCode.CLOSED == code && pending.isEmpty()) {
            end(Problem.unavailable("the router ends"));
        }
        return Math.max(0, code);
    }

    /** How many it has missed is told to who may read all of them: others would count what they may not see. */
    private void cutOff(final long unread) {
        final boolean isCounted = subscribed.caller().credential().read().isEverything();
        end(Problem.fellBehind(isCounted ? unread + pending.size() : Problem.NOT_TOLD));
    }

    private static Problem problem(final Throwable fault) {
        if (fault instanceof PositionException) {
            return Problem.gone("what comes next is kept no longer: begin with start=status");
        }
        return Problem.unavailable(fault instanceof StatusException ? "no status now: " + fault.getMessage() : "a fault of the server");
    }

    /** Files are closed by the thread that has opened them. */
    private void closeReader() {
        if (wasReadElsewhere) {
            journalThread.close(reader);
        } else {
            reader.close();
        }
    }
}

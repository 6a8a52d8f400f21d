package io.strowger.ops.gateway.stream;

import io.strowger.ops.gateway.web.Problem;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Turns everything that takes from the router, as long as there is something: where the journal has not grown and nobody has asked for
 * more, it only looks at the journal's end. On the gateway's loop.
 */
public final class StreamPump {
    private static final System.Logger LOG = System.getLogger(StreamPump.class.getName());
    private static final long TURN_MS = 2;
    private static final long CHECK_MS = 500;
    /** For so long at a time, before the loop does something else. */
    private static final long BUDGET_NS = 5_000_000;

    private final Vertx vertx;
    private final String gateway;
    private final LongSupplier journalEnd;
    private final List<Pumped> all = new ArrayList<>();
    private long turnTimer;
    private long checkTimer;
    private long seenEnd = -1;
    private boolean isAsked;
    /** Why everything has ended; null as long as it has not. */
    private Problem ended;
    private int next;

    /**
     * A pump that stands.
     *
     * @param gateway    name of its gateway among those of the process, that threads are told apart by.
     * @param journalEnd last sequence of the router.
     */
    public StreamPump(final Vertx vertx, final String gateway, final LongSupplier journalEnd) {
        this.vertx = vertx;
        this.gateway = gateway;
        this.journalEnd = journalEnd;
    }

    /** Name of its gateway. */
    String gateway() {
        return gateway;
    }

    /** Turns from now on. */
    public void start() {
        turnTimer = vertx.setPeriodic(TURN_MS, id -> turn());
        checkTimer = vertx.setPeriodic(CHECK_MS, id -> check());
    }

    /** Turns no more. */
    public void stop() {
        vertx.cancelTimer(turnTimer);
        vertx.cancelTimer(checkTimer);
    }

    /** Ends everything that it turns. */
    public void endAll(final Problem why) {
        ended = why;
        all.forEach(pumped -> end(pumped, why));
        all.clear();
    }

    /** Turns this, too; what comes when everything has ended ends at once. */
    public void add(final Pumped pumped) {
        if (null != ended) {
            end(pumped, ended);
            return;
        }
        all.add(pumped);
        ask();
    }

    /** How each stream of events is that is open. */
    public List<StreamHealth> streams() {
        final List<StreamHealth> streams = new ArrayList<>();
        for (final Pumped pumped : all) {
            if (pumped instanceof EventStream stream && !stream.isOver()) {
                streams.add(stream.health());
            }
        }
        return streams;
    }

    /** Somebody has made room, or wants more. */
    public void ask() {
        isAsked = true;
    }

    private void turn() {
        final long end = journalEnd.getAsLong();
        if (end == seenEnd && !isAsked) {
            return;
        }
        seenEnd = end;
        isAsked = false;
        final boolean isMore = turnAll();
        boolean areLive = true;
        for (int i = all.size() - 1; i >= 0; i--) {
            final Pumped pumped = all.get(i);
            areLive &= pumped.isLive();
            if (pumped.isOver()) {
                all.set(i, all.get(all.size() - 1));
                all.remove(all.size() - 1);
            }
        }
        isAsked |= isMore || !areLive;
    }

    /** Turns them again and again, for a while: the next time it goes on where it stopped. Returns whether there is more. */
    private boolean turnAll() {
        final long untilNs = System.nanoTime() + BUDGET_NS;
        boolean isMore = turnRound(untilNs);
        while (isMore && System.nanoTime() <= untilNs) {
            isMore = turnRound(untilNs);
        }
        return isMore;
    }

    private boolean turnRound(final long untilNs) {
        boolean isMore = false;
        for (int count = 0; count < all.size(); count++) {
            next = next < all.size() ? next : 0;
            isMore |= turn(all.get(next)) > 0;
            next++;
            if (System.nanoTime() > untilNs) {
                return true;
            }
        }
        return isMore;
    }

    /** What is wrong with one is told to that one. */
    private static int turn(final Pumped pumped) {
        try {
            return pumped.turn();
        } catch (final RuntimeException | OutOfMemoryError fault) {
            // no room for one stream's ring is no reason to stop the others
            LOG.log(System.Logger.Level.WARNING, () -> "a stream ends: " + fault);
            end(pumped, Problem.unavailable("a fault of the server"));
            return 0;
        }
    }

    private static void end(final Pumped pumped, final Problem why) {
        try {
            pumped.end(why);
        } catch (final RuntimeException gone) {
            LOG.log(System.Logger.Level.DEBUG, () -> "nobody is there to be told: " + gone);
        }
    }

    private static void check(final Pumped pumped) {
        try {
            pumped.check();
        } catch (final RuntimeException fault) {
            LOG.log(System.Logger.Level.WARNING, () -> "a stream ends: " + fault);
            end(pumped, Problem.unavailable("a fault of the server"));
        }
    }

    private void check() {
        for (int i = 0; i < all.size(); i++) {
            check(all.get(i));
        }
        // the last look at what is quiet: what a status or an answer waits for is not always the journal
        ask();
    }
}

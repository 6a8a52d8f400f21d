package io.strowger.ops.gateway.stream;

import io.strowger.ops.gateway.web.Problem;
import io.strowger.router.dispatch.ReadyBoard;
import io.strowger.router.dispatch.Subscription;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns everything that takes from the router, as long as there is something; the rest rests, and costs one look at its word on a board.
 *
 * <pre>
 *   RESTING ──► AWAKE: its subscription got something; it was asked for a turn; twice a second
 *      ^──────────┘ a turn with nothing to do, and it says that it rests
 * </pre>
 *
 * <p>On the gateway's loop.
 */
public final class StreamPump {
    private static final System.Logger LOG = System.getLogger(StreamPump.class.getName());
    private static final long TURN_MS = 2;
    private static final long CHECK_MS = 500;
    /** For so long at a time, before the loop does something else. */
    private static final long BUDGET_NS = 5_000_000;
    /** Subscriptions that may rest. What comes beyond them is turned every time, which is slow and right. */
    private static final int PLACES = 65_536;
    private static final int FEW = 64;

    private final Vertx vertx;
    private final String gateway;
    private final List<Turned> all = new ArrayList<>();
    private final ReadyBoard board;
    /** Whose place on the board it is. */
    private Turned[] byPlace = new Turned[FEW];
    private final ArrayDeque<Turned> awake = new ArrayDeque<>();
    /** Had nothing to do in this turn, and do not rest. */
    private final ArrayDeque<Turned> waiting = new ArrayDeque<>();
    private long turnTimer;
    private long checkTimer;
    /** Why everything has ended; null as long as it has not. */
    private Problem ended;

    /**
     * A pump that stands.
     *
     * @param gateway name of its gateway among those of the process, that threads are told apart by.
     */
    public StreamPump(final Vertx vertx, final String gateway) {
        this(vertx, gateway, PLACES);
    }

    /**
     * A pump that stands.
     *
     * @param gateway name of its gateway.
     * @param places  subscriptions that may rest.
     */
    StreamPump(final Vertx vertx, final String gateway, final int places) {
        this.vertx = vertx;
        this.gateway = gateway;
        this.board = new ReadyBoard(places);
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
        all.forEach(turned -> end(turned.pumped, why));
        all.clear();
        awake.clear();
    }

    /**
     * Turns this, too; what comes when everything has ended ends at once.
     *
     * @return asks for a turn of it: somebody has made room, or wants more. On the loop.
     */
    public Runnable add(final Pumped pumped) {
        return add(new Turned(pumped, ReadyBoard.NO_PLACE, false));
    }

    /**
     * Turns this, too, and whenever its subscription gets something.
     *
     * @param subscription that it takes from; live from the beginning or not.
     * @return as above.
     */
    public Runnable add(final Pumped pumped, final Subscription subscription) {
        final int place = null == ended ? board.watch(subscription) : ReadyBoard.NO_PLACE;
        final Turned turned = new Turned(pumped, place, ReadyBoard.NO_PLACE == place);
        if (ReadyBoard.NO_PLACE != place) {
            if (place >= byPlace.length) {
                byPlace = Arrays.copyOf(byPlace, 2 * byPlace.length);
            }
            byPlace[place] = turned;
        }
        return add(turned);
    }

    private Runnable add(final Turned turned) {
        if (null != ended) {
            end(turned.pumped, ended);
            return () -> { };
        }
        all.add(turned);
        wake(turned);
        return () -> wake(turned);
    }

    /** How each stream of events is that is open. */
    public List<StreamHealth> streams() {
        final List<StreamHealth> streams = new ArrayList<>();
        for (final Turned turned : all) {
            if (turned.pumped instanceof EventStream stream && !stream.isOver()) {
                streams.add(stream.health());
            }
        }
        return streams;
    }

    /** Has everything turned once. */
    private void wakeAll() {
        all.forEach(this::wake);
    }

    private void wake(final Turned turned) {
        if (!turned.isAwake && !turned.isGone) {
            turned.isAwake = true;
            awake.add(turned);
        }
    }

    /** Turns who is awake, again and again for a while: the next time it goes on where it stopped. */
    void turn() {
        for (int place = board.nextReady(0); ReadyBoard.NO_PLACE != place; place = board.nextReady(place + 1)) {
            if (null != byPlace[place]) {
                wake(byPlace[place]);
            }
        }
        if (awake.isEmpty()) {
            return;
        }
        final long untilNs = System.nanoTime() + BUDGET_NS;
        while (!awake.isEmpty() && System.nanoTime() <= untilNs) {
            final Turned next = awake.poll();
            next.isAwake = false;
            goOn(next, turn(next.pumped));
        }
        while (!waiting.isEmpty()) {
            wake(waiting.poll());
        }
    }

    private void goOn(final Turned turned, final int work) {
        if (turned.pumped.isOver()) {
            // the next check takes it off the list
            turned.isGone = true;
        } else if (work > 0) {
            wake(turned);
        } else if (turned.isRestless || !turned.pumped.isResting()) {
            waiting.add(turned);
        }
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
        for (int i = all.size() - 1; i >= 0; i--) {
            final Turned turned = all.get(i);
            check(turned.pumped);
            if (turned.pumped.isOver()) {
                all.set(i, all.get(all.size() - 1));
                all.remove(all.size() - 1);
                forget(turned);
            }
        }
        // who takes nothing, or whose router has ended, finds out by a turn
        wakeAll();
    }

    private void forget(final Turned turned) {
        turned.isGone = true;
        if (ReadyBoard.NO_PLACE != turned.place) {
            byPlace[turned.place] = null;
            board.forget(turned.place);
        }
    }

    /** One that is turned. */
    private static final class Turned {
        private final Pumped pumped;
        /** On the board, or none. */
        private final int place;
        /** Nothing tells that there is something for it. */
        private final boolean isRestless;
        private boolean isAwake;
        private boolean isGone;

        Turned(final Pumped pumped, final int place, final boolean isRestless) {
            this.pumped = pumped;
            this.place = place;
            this.isRestless = isRestless;
        }
    }
}

package io.strowger.ops.health;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.strowger.ops.rounds.Rounds;
import io.strowger.router.Router;
import io.strowger.router.journal.FoldLimits;
import io.strowger.router.status.RouterCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * Sees how much of the router's tables is taken, and that signals were refused because one was full, and says so in the log.
 *
 * <p>Refusals are counted as they happen. What is taken comes out of the router's status, which is asked for every {@value #COUNT_MS} ms,
 * and less often the more there is: an item more makes the next a millisecond later. Of actions only the limit is known. Tables of which
 * no status tells fill up unseen, and are noticed by their first refusal: devices and grants, each as many as {@code users}, calls and
 * bridges, each as many as {@code sessions}. One thread looks, any thread reads.
 */
public final class RoomWatch implements MeterBinder, AutoCloseable {
    /** Least time between two counts, in milliseconds. */
    static final long COUNT_MS = 10_000;

    /** Least time between two lines of the log, in milliseconds. */
    static final long TELL_MS = 60_000;

    private static final System.Logger LOG = System.getLogger(RoomWatch.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int PERCENT = 100;
    private static final int WARN_PERCENT = 80;
    private static final List<Table> TABLES = List.of(new Table("sessions", RoomTaken::sessions, FoldLimits::sessions),
        new Table("users", RoomTaken::users, FoldLimits::users), new Table("groups", RoomTaken::groups, FoldLimits::groups),
        new Table("memberships", RoomTaken::memberships, FoldLimits::groups),
        new Table("sources", RoomTaken::sources, FoldLimits::sources));

    private final Router router;
    private final FoldLimits limits;
    private final LongSupplier clock;
    private final RefusedForRoom refused;
    private final RoomCount count = new RoomCount();
    private final Rounds looks = new Rounds("strowger-room");
    private long nextCountMs;
    private long nextTellMs;
    private long toldLost;
    private boolean isNearlyTold;
    private volatile RoomTaken taken = RoomTaken.NOTHING;

    /**
     * A watch that counts refusals from now on.
     *
     * @param limits of the router's journal.
     * @param clock  milliseconds since any moment, that never goes back.
     */
    public RoomWatch(final Router router, final FoldLimits limits, final LongSupplier clock) {
        this.router = router;
        this.limits = limits;
        this.clock = clock;
        nextCountMs = clock.getAsLong();
        nextTellMs = nextCountMs;
        refused = new RefusedForRoom(router);
        router.addTap(refused);
    }

    /** Looks once a second from now on, on a thread of its own. */
    public void start() {
        looks.start(this::tryToLook, Duration.ZERO, LOOK);
    }

    /**
     * What is full or nearly so, or was: how many signals were refused and keys of actions forgotten since the start, and what is taken
     * at least to {@value #WARN_PERCENT} of 100.
     *
     * @return one line; null when there is nothing to say.
     */
    public String warning() {
        final List<String> all = new ArrayList<>();
        if (refused.total() > 0) {
            all.add("signals were refused since the start because a table of the router was full: " + refused.words());
        }
        if (forgotten() > 0) {
            all.add("keys of actions were forgotten before their time since the start, for want of room: " + forgotten());
        }
        final String nearly = nearly();
        if (null != nearly) {
            all.add(nearly);
        }
        return all.isEmpty() ? null : String.join("; ", all);
    }

    private long forgotten() {
        return router.counters().get(RouterCounter.ACTIONS_FORGOTTEN_EARLY);
    }

    private String nearly() {
        final List<String> all = new ArrayList<>();
        for (final Table each : TABLES) {
            final long used = each.taken.applyAsLong(taken);
            final long limit = each.limit.applyAsLong(limits);
            if (used * PERCENT >= limit * WARN_PERCENT) {
                all.add(used + " of " + limit + " " + each.words());
            }
        }
        return all.isEmpty() ? null : "taken of the router's tables: " + String.join(", ", all);
    }

    @Override
    public void bindTo(final MeterRegistry registry) {
        for (final Table each : TABLES) {
            Gauge.builder("strowger.room.taken", this, from -> each.taken.applyAsLong(from.taken)).tag("table", each.words())
                .description("What is in a table of the router, as last counted").register(registry);
            limit(registry, each.words(), each.limit);
        }
        limit(registry, "actions", FoldLimits::actions);
        FunctionCounter.builder("strowger.room.refused", refused, RefusedForRoom::total)
            .description("Signals refused because a table of the router was full").register(registry);
    }

    private void limit(final MeterRegistry registry, final String table, final ToLongFunction<FoldLimits> limit) {
        Gauge.builder("strowger.room.limit", limits, limit::applyAsLong).tag("table", table)
            .description("What a table of the router holds at most").register(registry);
    }

    private void tryToLook() {
        try {
            look(clock.getAsLong());
        } catch (final RuntimeException | Error fault) {
            count.end();
            nextCountMs = clock.getAsLong() + TELL_MS;
            if (!router.isClosed()) {
                LOG.log(System.Logger.Level.WARNING, () -> "what is taken of the router's tables can't be counted: " + fault);
            }
        }
    }

    /** Counts on, and says what has changed. */
    void look(final long nowMs) {
        if (!count.isCounting() && nowMs >= nextCountMs && !router.isClosed()) {
            nextCountMs = nowMs + COUNT_MS;
            count.begin(router);
        }
        final RoomTaken counted = count.isCounting() ? count.go() : null;
        if (null != counted) {
            taken = counted;
            nextCountMs = nowMs + COUNT_MS + counted.sessions() + counted.users() + counted.groups() + counted.memberships();
        }
        final long lost = refused.total() + forgotten();
        final boolean isNearly = null != nearly();
        if ((lost > toldLost || (isNearly && !isNearlyTold)) && nowMs >= nextTellMs) {
            nextTellMs = nowMs + TELL_MS;
            toldLost = lost;
            isNearlyTold = isNearly;
            LOG.log(System.Logger.Level.WARNING, this::warning);
        }
        isNearlyTold &= isNearly;
    }

    /** Counts no more: neither refusals, nor what is taken; waits up to two seconds for the look that has begun. */
    @Override
    public void close() {
        looks.interrupt();
        if (looks.awaitEnd()) {
            count.end();
        }
        try {
            router.removeTap(refused);
        } catch (final IllegalStateException closed) {
            // a router that is closed, or has failed, tells taps nothing more
            LOG.log(System.Logger.Level.DEBUG, () -> "the tap went with its router: " + closed);
        }
    }

    /**
     * A table that a journal's limits size, and that is counted.
     *
     * @param words what it holds.
     * @param taken how much of that there is.
     * @param limit most that it holds.
     */
    private record Table(String words, ToLongFunction<RoomTaken> taken, ToLongFunction<FoldLimits> limit) {
    }
}

package io.strowger.ops.receiver;

import io.strowger.codecs.sbe.Kind;
import io.strowger.ops.receiver.way.SourceWay;
import io.strowger.ops.receiver.way.Tally;
import io.strowger.ops.worker.Worker;
import io.strowger.router.Router;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.StatusException;
import io.strowger.router.dispatch.StatusReport;
import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The phones of a source, by their users; of one phone or server there is one. On the receiver's loop.
 *
 * <p>A phone that is silent for long enough is let go when the router has no open session of it, one after the other; with the next request
 * it comes back. Where the router can't say that, as it has no follower, none is let go.
 *
 * <p>A phone that the router does not take holds no place: it is set aside with the count of what was lost of it, and brought up again to
 * tell that, one after the other, as soon as the router takes it and there is a place.
 */
final class Fleet {
    private static final Logger LOGGER = System.getLogger("io.strowger.ops.receiver");
    /** After the router has not taken a phone, none is brought up to tell what was lost for so long. */
    private static final long PAUSE_NS = TimeUnit.SECONDS.toNanos(2);

    private final Vertx vertx;
    private final Router router;
    private final ReceivedSource source;
    private final Tally tally;
    private final Function<String, SourceWay> maker;
    private final Map<String, SourceWay> ways = new LinkedHashMap<>();
    /** Set aside, the longest first; at most as many as there may be phones. */
    private final Map<String, SourceWay> owed = new LinkedHashMap<>();
    /** The phone that is brought up to tell what was lost; null for none. */
    private SourceWay teller;
    private long pausedSinceNs = System.nanoTime() - PAUSE_NS;
    private boolean hasForgotten;
    /** The phone that the router is asked about; null when it is asked about none. */
    private SourceWay doubtful;
    private String doubtfulUser;
    private StatusReport report;

    /**
     * No phone yet.
     *
     * @param maker makes the way of a user.
     */
    Fleet(final Vertx vertx, final Router router, final ReceivedSource source, final Tally tally,
          final Function<String, SourceWay> maker) {
        this.vertx = vertx;
        this.router = router;
        this.source = source;
        this.tally = tally;
        this.maker = maker;
    }

    /** The way of a user; null when that would be one too many. */
    SourceWay of(final String user) {
        final SourceWay known = ways.get(user);
        if (null != known) {
            return known;
        }
        if (ways.size() >= most()) {
            return null;
        }
        final SourceWay aside = owed.remove(user);
        final SourceWay way = null == aside ? maker.apply(user) : aside;
        ways.put(user, way);
        tally.phones(ways.size());
        return way;
    }

    /** How many there may be. */
    int most() {
        return source.isFleet() ? source.phone().most() : 1;
    }

    /** All that there are, and those that are set aside. */
    List<SourceWay> all() {
        return Stream.concat(ways.values().stream(), owed.values().stream()).toList();
    }

    /** Looks after each of them. */
    void tick() {
        ways.values().forEach(SourceWay::tick);
    }

    /** Looks whether one can be let go, or can tell what was lost. */
    void look(final long nowNs) {
        setAside();
        tellOwed(nowNs);
        if (source.isFleet()) {
            letGo(nowNs);
        }
    }

    /** The server stops. */
    void close() {
        doubtful = null;
        closeReport();
    }

    private void setAside() {
        final Iterator<Map.Entry<String, SourceWay>> each = ways.entrySet().iterator();
        while (each.hasNext()) {
            final Map.Entry<String, SourceWay> phone = each.next();
            if (phone.getValue().isOwed() && phone.getValue() != doubtful) {
                each.remove();
                owed.put(phone.getKey(), phone.getValue());
            }
        }
        tally.phones(ways.size());
        while (owed.size() > most()) {
            forgetOldest();
        }
    }

    /** Its requests are counted as lost, but the journal does not hear of them. */
    private void forgetOldest() {
        final Iterator<SourceWay> oldest = owed.values().iterator();
        final String name = oldest.next().name();
        oldest.remove();
        if (!hasForgotten) {
            hasForgotten = true;
            LOGGER.log(Level.WARNING, () -> name + ": the router does not take it, nor " + most()
                + " others: what was lost of it, and of those that follow, is told nowhere but here");
        }
    }

    private void tellOwed(final long nowNs) {
        if (null != teller && teller.isOpening()) {
            return;
        }
        if (null != teller && teller.isOwed()) {
            pausedSinceNs = nowNs;
        }
        teller = null;
        if (!owed.isEmpty() && ways.size() < most() && nowNs - pausedSinceNs >= PAUSE_NS) {
            teller = of(owed.keySet().iterator().next());
            teller.tellOwed();
        }
    }

    private void letGo(final long nowNs) {
        final long silentNs = source.phone().silent().toNanos();
        if (null != doubtful) {
            decide(nowNs, silentNs);
            return;
        }
        final Iterator<Map.Entry<String, SourceWay>> each = ways.entrySet().iterator();
        while (null == doubtful && each.hasNext()) {
            final Map.Entry<String, SourceWay> phone = each.next();
            final SourceWay way = phone.getValue();
            if (!way.isSilent(nowNs, silentNs)) {
                continue;
            }
            if (way.isGone()) {
                each.remove();
                tally.phones(ways.size());
                tally.tooMany(null);
            } else {
                ask(phone.getKey(), way);
            }
        }
    }

    private void ask(final String user, final SourceWay way) {
        doubtful = way;
        doubtfulUser = user;
        final Filter filter = Filter.ofTenant(source.tenant()).withSource(way.name()).withKind(Kind.SESSION);
        Worker.call(vertx, () -> router.ask(filter)).onComplete(asked -> onAsked(way, asked));
    }

    private void onAsked(final SourceWay way, final AsyncResult<StatusReport> asked) {
        if (way != doubtful) {
            if (asked.succeeded()) {
                asked.result().close();
            }
        } else if (asked.succeeded()) {
            report = asked.result();
        } else {
            keep(way);
        }
    }

    private void decide(final long nowNs, final long silentNs) {
        final SourceWay way = doubtful;
        try {
            if (null == report || !report.isReady()) {
                return;
            }
            if (0 == report.items() && way.isSilent(nowNs, silentNs)) {
                doubtful = null;
                way.letGo("silent for " + source.phone().silent());
            } else {
                keep(way);
            }
        } catch (final StatusException noStatus) {
            keep(way);
        }
        closeReport();
    }

    /** Nothing is known of it, or it has a session: it is looked at again when it was silent once more as long, behind all others. */
    private void keep(final SourceWay way) {
        doubtful = null;
        ways.remove(doubtfulUser);
        ways.put(doubtfulUser, way);
        way.keep(System.nanoTime());
    }

    private void closeReport() {
        if (null != report) {
            report.close();
            report = null;
        }
    }
}

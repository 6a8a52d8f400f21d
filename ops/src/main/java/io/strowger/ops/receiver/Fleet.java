package io.strowger.ops.receiver;

import io.strowger.codecs.sbe.Kind;
import io.strowger.ops.receiver.way.SourceWay;
import io.strowger.ops.receiver.way.Tally;
import io.strowger.router.Router;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.StatusException;
import io.strowger.router.dispatch.StatusReport;
import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The phones of a source, by their users; of one phone or server there is one. On the receiver's loop.
 *
 * <p>A phone that is silent for long enough is let go when the router has no open session of it, one after the other; with the next request
 * it comes back. Where the router can't say that, as it has no follower, none is let go.
 */
final class Fleet {
    private final Vertx vertx;
    private final Router router;
    private final ReceivedSource source;
    private final Tally tally;
    private final Function<String, SourceWay> maker;
    private final Map<String, SourceWay> ways = new LinkedHashMap<>();
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
        final SourceWay way = maker.apply(user);
        ways.put(user, way);
        tally.phones(ways.size());
        return way;
    }

    /** How many there may be. */
    int most() {
        return source.isFleet() ? source.phone().most() : 1;
    }

    /** All that there are. */
    List<SourceWay> all() {
        return List.copyOf(ways.values());
    }

    /** Looks after each of them. */
    void tick() {
        ways.values().forEach(SourceWay::tick);
    }

    /** Looks whether one can be let go. */
    void look(final long nowNs) {
        if (source.isFleet()) {
            letGo(nowNs);
        }
    }

    /** The server stops. */
    void close() {
        doubtful = null;
        closeReport();
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
        vertx.executeBlocking(() -> router.ask(filter), false).onComplete(asked -> onAsked(way, asked));
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

package io.strowger.ops.receiver;

import io.strowger.codecs.actionurl.ActionUrlSettings;
import io.strowger.codecs.actionurl.ActionUrlTranslator;
import io.strowger.codecs.kamailio.KamailioSettings;
import io.strowger.codecs.kamailio.KamailioTranslator;
import io.strowger.codecs.translate.StreamTranslator;
import io.strowger.router.Router;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A source of the configuration: one phone, one server, or a fleet, of which each phone is a source of its own in the router, so that what
 * one tells never meets what another does. On the receiver's loop; {@link #health()} on any thread.
 */
final class SourceEntry {
    private final Vertx vertx;
    private final Router router;
    private final ReceivedSource source;
    private final ReceiverLimits limits;
    private final Tally tally = new Tally();
    /** By user of a fleet; of one phone or server there is one. */
    private final Map<String, SourceWay> ways = new HashMap<>();

    SourceEntry(final Vertx vertx, final Router router, final ReceivedSource source, final ReceiverLimits limits) {
        this.vertx = vertx;
        this.router = router;
        this.source = source;
        this.limits = limits;
    }

    ReceivedSource source() {
        return source;
    }

    /** It was heard, whatever becomes of it. */
    void heard() {
        tally.heard();
    }

    /** A request of it was refused before it was whole. */
    void refused() {
        tally.refused();
    }

    /**
     * Takes a request.
     *
     * @param target  of it, without any token.
     * @param request likewise.
     */
    void take(final String target, final byte[] request, final Reply reply) {
        final String user = isFleet() ? NamedUser.of(target) : "";
        if (null == user || (isFleet() && !source.phone().allows(user))) {
            tally.refused();
            reply.answer(Answer.FORBIDDEN);
            return;
        }
        SourceWay way = ways.get(user);
        if (null == way) {
            if (ways.size() >= limits.phones()) {
                tally.refused();
                tally.failure("more than " + limits.phones() + " phones");
                reply.answer(Answer.UNAVAILABLE);
                return;
            }
            way = way(user);
            ways.put(user, way);
            tally.phones(ways.size());
        }
        way.take(request, reply);
    }

    void tick() {
        ways.values().forEach(SourceWay::tick);
    }

    Future<Void> end() {
        final List<Future<Void>> ends = ways.values().stream().map(SourceWay::end).toList();
        return Future.join(ends).mapEmpty();
    }

    ReceiverHealth health() {
        return tally.health(source);
    }

    private boolean isFleet() {
        return null != source.phone() && source.phone().isFleet();
    }

    private SourceWay way(final String user) {
        final String name = isFleet() ? source.name() + '/' + user : source.name();
        return new SourceWay(vertx, router, source, name, number -> translator((int)number, user), limits.answer().toNanos(), tally);
    }

    private StreamTranslator translator(final int number, final String user) {
        final PhoneSettings phone = source.phone();
        if (null == phone) {
            return new KamailioTranslator(new KamailioSettings(number, source.tenant(), KamailioSettings.DEFAULT_MIN_EXTENSION_DIGITS,
                KamailioSettings.DEFAULT_MAX_EXTENSION_DIGITS, limits.bodyBytes()));
        }
        final String whose = phone.isFleet() ? user : phone.user();
        final String device = phone.isFleet() ? user : source.name();
        return new ActionUrlTranslator(
            new ActionUrlSettings(number, source.tenant(), whose, device, phone.maker(), limits.bodyBytes()));
    }
}

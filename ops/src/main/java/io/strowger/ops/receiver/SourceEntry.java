package io.strowger.ops.receiver;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.actionurl.ActionUrlSettings;
import io.strowger.codecs.actionurl.ActionUrlTranslator;
import io.strowger.codecs.kamailio.KamailioSettings;
import io.strowger.codecs.kamailio.KamailioTranslator;
import io.strowger.codecs.translate.StreamTranslator;
import io.strowger.ops.access.ReadGrant;
import io.strowger.ops.receiver.way.Answer;
import io.strowger.ops.receiver.way.OpenCall;
import io.strowger.ops.receiver.way.Reply;
import io.strowger.ops.receiver.way.SourceWay;
import io.strowger.ops.receiver.way.Tally;
import io.strowger.ops.receiver.way.WayContext;
import io.strowger.router.source.SourceGrant;
import io.vertx.core.Future;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A source of the configuration: one phone, one server, or a fleet, of which each phone is a source of its own in the router, so that what
 * one tells never meets what another does. On the receiver's loop; {@link #health()} on any thread.
 */
final class SourceEntry {
    private static final Logger LOGGER = System.getLogger("io.strowger.ops.receiver");

    private final WayContext context;
    private final ReceivedSource source;
    private final int bodyBytes;
    private final Tally tally = new Tally();
    private final Fleet fleet;
    /** Whom a request of a fleet may name; null of what is none. */
    private final ReadGrant users;

    /**
     * A source that nothing has come from.
     *
     * @param bodyBytes longest body of a request.
     */
    SourceEntry(final WayContext context, final ReceivedSource source, final int bodyBytes) {
        this.context = context;
        this.source = source;
        this.bodyBytes = bodyBytes;
        this.users = source.isFleet() ? source.phone().grant() : null;
        this.fleet = new Fleet(context.vertx(), context.router(), source, tally, this::way);
    }

    ReceivedSource source() {
        return source;
    }

    /** It was heard, whatever becomes of it. */
    void heard() {
        tally.heard();
    }

    /**
     * Takes a request.
     *
     * @param target  of it, without any token.
     * @param request likewise.
     */
    void take(final String target, final byte[] request, final Reply reply) {
        final String user = source.isFleet() ? NamedUser.of(target) : "";
        if (null == user || (source.isFleet() && !users.allowsUser(user)) || isTooLong(name(user))) {
            tally.refused();
            reply.answer(Answer.FORBIDDEN);
            return;
        }
        final SourceWay way = fleet.of(user);
        if (null == way) {
            tally.refused();
            tellTooMany();
            reply.answer(Answer.TOO_MANY);
        } else {
            way.take(request, reply);
        }
    }

    /** Looks after its phones, now and then. */
    void tick() {
        fleet.tick();
    }

    /** Looks whether a phone can be let go, several times a second. */
    void look(final long nowNs) {
        fleet.look(nowNs);
    }

    /** Ends each of its phones in the router; gives how many those were. */
    Future<Integer> end() {
        fleet.close();
        final List<Future<Void>> ends = fleet.all().stream().map(SourceWay::end).toList();
        return Future.join(ends).map(ended -> ends.size());
    }

    ReceiverHealth health() {
        return new ReceiverHealth(source.name(), source.tenant(), source.dialect(), tally.heardMs(), tally.requests(),
            tally.refusedRequests(), tally.repeats(), tally.lostRequests(), tally.phones(), tally.failure());
    }

    /** Phones that the router does not take count, too: they have come, and come again. */
    private void tellTooMany() {
        if (null == tally.tooMany()) {
            tally.tooMany("more than " + fleet.most() + " phones");
            LOGGER.log(Level.WARNING, () -> source.name() + ": " + tally.failure() + "; no further phone is taken");
        }
    }

    private String name(final String user) {
        return source.isFleet() ? source.name() + '/' + user : source.name();
    }

    private static boolean isTooLong(final String name) {
        return name.getBytes(StandardCharsets.UTF_8).length > SignalLayout.MAX_NATIVE_ID_LENGTH;
    }

    private SourceWay way(final String user) {
        final PhoneSettings phone = source.phone();
        final SourceGrant grant = new SourceGrant(name(user), source.tenant(), source.coveredBy(), source.window());
        if (null == phone) {
            return new SourceWay(context, grant, source.dialect(), null, this::server, tally);
        }
        final String whose = phone.isFleet() ? user : phone.user();
        final String device = phone.isFleet() ? user : source.name();
        return new SourceWay(context, grant, source.dialect(), whose, (number, connection, calls) -> phone(
            new ActionUrlSettings(number, source.tenant(), whose, device, phone.maker(), bodyBytes), connection, calls), tally);
    }

    private StreamTranslator server(final int number, final int connection, final List<OpenCall> calls) {
        final StreamTranslator translator = new KamailioTranslator(new KamailioSettings(number, source.tenant(),
            KamailioSettings.DEFAULT_MIN_EXTENSION_DIGITS, KamailioSettings.DEFAULT_MAX_EXTENSION_DIGITS, bodyBytes));
        translator.connected(connection);
        return translator;
    }

    private static StreamTranslator phone(final ActionUrlSettings settings, final int connection, final List<OpenCall> calls) {
        final ActionUrlTranslator translator = new ActionUrlTranslator(settings);
        translator.connected(connection);
        calls.forEach(call -> translator.goOn(call.nativeId(), call.remote(), call.beganNs(), call.isUp()));
        return translator;
    }
}

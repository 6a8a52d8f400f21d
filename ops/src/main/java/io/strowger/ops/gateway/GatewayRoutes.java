package io.strowger.ops.gateway;

import io.strowger.codecs.sbe.AuditKind;
import io.strowger.ops.access.Admitted;
import io.strowger.ops.gateway.action.ActionReply;
import io.strowger.ops.gateway.action.Asks;
import io.strowger.ops.gateway.socket.SocketSession;
import io.strowger.ops.gateway.stream.StreamRequest;
import io.strowger.ops.gateway.stream.Streams;
import io.strowger.ops.gateway.web.Problem;
import io.strowger.ops.popup.PopUpWriter;
import io.strowger.router.Router;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the gateway answers to. On its loop.
 */
final class GatewayRoutes {
    private static final String CALLER = "caller";
    private static final String JSON = "application/json";
    private static final Set<String> OF_STATUS = new TreeSet<>(Set.of("user", "group", "call"));
    private static final Set<String> OF_EVENTS =
        new TreeSet<>(Set.of("user", "group", "call", "type", "start", "policy", "after", "ticket"));

    private static final Set<String> OF_POP_UPS = new TreeSet<>(Set.of("user", "after", "ticket"));

    private final Vertx vertx;
    private final Router router;
    private final Doorway doorway;
    private final Streams streams;
    private final Asks asks;
    private final GatewayLimits limits;
    private final Buffer openApi = document("openapi.yaml");
    private final Buffer asyncApi = document("asyncapi.yaml");

    GatewayRoutes(final Vertx vertx, final Router router, final Doorway doorway, final Streams streams, final Asks asks,
                  final GatewayLimits limits) {
        this.vertx = vertx;
        this.router = router;
        this.doorway = doorway;
        this.streams = streams;
        this.asks = asks;
        this.limits = limits;
    }

    /** Adds them. */
    void addTo(final io.vertx.ext.web.Router web) {
        web.get("/health/live").handler(context -> context.response().end("live\n").onFailure(gone -> { }));
        web.get("/health/ready").handler(this::ready);
        web.get("/openapi.yaml").handler(context -> document(context, openApi));
        web.get("/asyncapi.yaml").handler(context -> document(context, asyncApi));
        web.get("/events").handler(this::admitStream).handler(this::events);
        web.get("/pop-ups").handler(this::admitStream).handler(this::popUps);
        web.get("/stream").handler(this::admitStream).handler(this::socket);
        web.get("/status").handler(this::admit).handler(this::status);
        web.post("/tickets").handler(this::admit).handler(this::ticket);
        web.post("/actions").handler(this::admit).handler(this::act);
    }

    /** Lets in who may operate the router. */
    void admitOperator(final RoutingContext context) {
        final Admitted caller = doorway.admit(context.request());
        if (!caller.credential().operates()) {
            throw Problem.forbidden("this application does not operate the router");
        }
        caller.note(AuditKind.OPERATED, context.request().path());
        context.next();
    }

    private void admit(final RoutingContext context) {
        context.put(CALLER, doorway.admit(context.request()));
        context.next();
    }

    private void admitStream(final RoutingContext context) {
        context.put(CALLER, doorway.admitStream(context.request()));
        context.next();
    }

    private static void document(final RoutingContext context, final Buffer text) {
        context.response().putHeader("Content-Type", "application/yaml").end(text).onFailure(gone -> { });
    }

    private static Buffer document(final String name) {
        try (InputStream text = GatewayRoutes.class.getResourceAsStream(name)) {
            return Buffer.buffer(text.readAllBytes());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ready(final RoutingContext context) {
        if (router.isClosed()) {
            throw Problem.unavailable("the router ends");
        }
        context.response().end("ready\n").onFailure(gone -> { });
    }

    private void events(final RoutingContext context) {
        streams.sendEvents(context.get(CALLER), asked(context.request(), OF_EVENTS), context.request(), context::fail);
    }

    private void popUps(final RoutingContext context) {
        final StreamRequest asked = asked(context.request(), OF_POP_UPS).withTypes(PopUpWriter.TYPES);
        streams.sendPopUps(context.get(CALLER), asked, context.request(), context::fail);
    }

    private void socket(final RoutingContext context) {
        final Admitted caller = context.get(CALLER);
        Streams.take(caller);
        final HttpConnection connection = context.request().connection();
        context.request().toWebSocket()
            .onSuccess(socket -> begin(socket, connection, caller))
            .onFailure(fault -> {
                caller.giveStreamBack();
                context.fail(Problem.badRequest("a WebSocket is wanted"));
            });
    }

    private void begin(final ServerWebSocket socket, final HttpConnection connection, final Admitted caller) {
        caller.note(AuditKind.ADMITTED, "WebSocket");
        new SocketSession(vertx, socket, connection, caller, streams, asks, limits.ofSockets()).begin(caller::giveStreamBack);
    }

    private void status(final RoutingContext context) {
        final Admitted caller = context.get(CALLER);
        streams.sendStatus(caller, asked(context.request(), OF_STATUS), context.request(), context::fail);
    }

    private void ticket(final RoutingContext context) {
        final JsonObject ticket = new JsonObject().put("ticket", doorway.ticket(context.get(CALLER))).put("seconds", 30);
        context.response().putHeader("Content-Type", JSON).end(ticket.encode()).onFailure(gone -> { });
    }

    private void act(final RoutingContext context) {
        final Admitted caller = context.get(CALLER);
        final String prefer = context.request().getHeader("Prefer");
        final ActionReply reply = new ActionReply(vertx, context.response(), null != prefer && prefer.contains("respond-async"));
        RequestBody.read(context.request(), limits.bodyBytes(), text -> asks.ask(caller, text, reply)
            .onFailure(fault -> refuse(context, reply, fault)),
            fault -> refuse(context, reply, fault));
    }

    private static void refuse(final RoutingContext context, final ActionReply reply, final Throwable fault) {
        reply.over();
        context.fail(fault);
    }

    private static StreamRequest asked(final HttpServerRequest request, final Set<String> known) {
        final MultiMap query = request.params();
        for (final String name : query.names()) {
            if (!known.contains(name)) {
                throw Problem.badRequest("no such parameter; there are " + String.join(", ", known));
            }
        }
        final String last = request.getHeader("Last-Event-ID");
        final String after = null == last || last.isEmpty() ? query.get("after") : last;
        // who comes back behind an event goes on behind it, whatever the address says of the beginning
        final boolean isWithStatus = StreamRequest.isWithStatus(query.get("start")) && null == last;
        return new StreamRequest(query.getAll("user"), query.getAll("group"), query.getAll("call"), query.getAll("type"), isWithStatus,
            after, StreamRequest.policy(query.get("policy")));
    }
}

package io.strowger.ops.server;

import io.strowger.ops.access.AccessGate;
import io.strowger.ops.config.ListenerConfig;
import io.strowger.ops.config.ServerConfig;
import io.strowger.ops.gateway.Gateway;
import io.strowger.ops.gateway.GatewayLimits;
import io.strowger.ops.gateway.GatewayRoom;
import io.strowger.ops.gateway.GatewaySettings;
import io.strowger.ops.gateway.stream.StreamHealth;
import io.strowger.ops.popup.PopUp;
import io.strowger.ops.wire.application.ApplicationGateway;
import io.strowger.router.Router;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where applications come to: over HTTP, and where it is wanted with SBE.
 */
final class Gateways {
    private final ListenerConfig http;
    /** Null where nobody is to come with SBE. */
    private final ListenerConfig listener;
    private final Gateway json;
    /** Likewise. */
    private final ApplicationGateway sbe;
    private Listening overHttp;
    private Listening withSbe;

    /**
     * Makes them; none listens.
     *
     * @param tokenKey of position tokens.
     * @param further  adds routes of others.
     */
    Gateways(final Vertx vertx, final Router router, final ServerConfig config, final AccessGate gate, final byte[] tokenKey,
             final Consumer<io.vertx.ext.web.Router> further) {
        final GatewayRoom room = GatewayRoom.of(GatewayLimits.DEFAULT);
        http = config.listen().http();
        json = new Gateway(vertx, router, new GatewaySettings(http.host(), http.port(), http.tls(), GatewayLimits.DEFAULT,
            config.popUps().stream().map(popUp -> PopUp.of(popUp.tenant(), popUp.users(), popUp.url())).toList()), gate, tokenKey, further,
            room);
        listener = config.listen().sbe();
        sbe = null == listener ? null : new ApplicationGateway(vertx, router,
            new GatewaySettings(listener.host(), listener.port(), listener.tls(), ApplicationGateway.LIMITS), gate, tokenKey, room);
    }

    /** Opens them; fails when one can't listen. */
    Future<Void> start() {
        return json.start().map(port -> {
            overHttp = Listening.http("applications", http, port);
            return null;
        }).compose(opened -> null == sbe ? Future.succeededFuture(0) : sbe.start()).map(port -> {
            withSbe = null == sbe ? null : Listening.sbe("applications", listener, port);
            return null;
        });
    }

    Future<Void> stop() {
        return Future.join(json.stop(), null == sbe ? Future.succeededFuture() : sbe.stop()).mapEmpty();
    }

    /** Where HTTP is spoken. */
    String url() {
        return overHttp.address();
    }

    /** Each port that listens. */
    List<Listening> listening() {
        return null == withSbe ? List.of(overHttp) : List.of(overHttp, withSbe);
    }

    /** The streams that are open, over HTTP and with SBE. On the loop of HTTP, which is told there, too. */
    Future<List<StreamHealth>> streams() {
        final List<StreamHealth> all = new ArrayList<>(json.streams());
        if (null == sbe) {
            return Future.succeededFuture(all);
        }
        final Context here = Vertx.currentContext();
        final Promise<List<StreamHealth>> told = Promise.promise();
        sbe.streams().onComplete(others -> here.runOnContext(back -> {
            if (others.succeeded()) {
                all.addAll(others.result());
            }
            told.complete(all);
        }));
        return told.future();
    }
}

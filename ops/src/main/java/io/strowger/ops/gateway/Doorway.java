package io.strowger.ops.gateway;

import io.strowger.ops.access.AccessGate;
import io.strowger.ops.access.Admitted;
import io.strowger.ops.access.FloodException;
import io.strowger.ops.gateway.web.Problem;
import io.vertx.core.http.HttpServerRequest;

/**
 * Who comes: by a token in the header, or by a ticket or a token among the sub-protocols, as browsers can. On the gateway's loop.
 */
final class Doorway {
    private static final String BEARER = "Bearer ";
    private static final String BEARER_PROTOCOL = "bearer.";

    private final AccessGate gate;
    private final Tickets tickets;

    Doorway(final AccessGate gate, final Tickets tickets) {
        this.gate = gate;
        this.tickets = tickets;
    }

    /**
     * Lets a request in by its token, and counts it.
     *
     * @throws Problem when it is not let in.
     */
    Admitted admit(final HttpServerRequest request) {
        return counted(byToken(request));
    }

    /**
     * Lets one in who opens a stream: by a ticket, too.
     *
     * @throws Problem when it is not let in.
     */
    Admitted admitStream(final HttpServerRequest request) {
        final String ticket = request.getParam("ticket");
        return counted(null == ticket ? byToken(request) : tickets.redeem(ticket, System.nanoTime()));
    }

    private static Admitted counted(final Admitted caller) {
        if (null == caller) {
            throw Problem.unauthorized();
        }
        if (!caller.takeRequest()) {
            throw Problem.tooMany("this application makes more requests than it may");
        }
        return caller;
    }

    /** Gives out a ticket. */
    String ticket(final Admitted caller) {
        return tickets.issue(caller, System.nanoTime());
    }

    private Admitted byToken(final HttpServerRequest request) {
        try {
            return gate.admit(token(request), request.remoteAddress().hostAddress());
        } catch (final FloodException e) {
            throw Problem.tooMany(e.getMessage());
        }
    }

    private static String token(final HttpServerRequest request) {
        final String header = request.getHeader("Authorization");
        if (null != header && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return orNull(header.substring(BEARER.length()).strip());
        }
        final String protocols = request.getHeader("Sec-WebSocket-Protocol");
        if (null != protocols) {
            for (final String protocol : protocols.split(",", -1)) {
                if (protocol.strip().startsWith(BEARER_PROTOCOL)) {
                    return orNull(protocol.strip().substring(BEARER_PROTOCOL.length()));
                }
            }
        }
        return null;
    }

    private static String orNull(final String token) {
        return token.isEmpty() ? null : token;
    }
}

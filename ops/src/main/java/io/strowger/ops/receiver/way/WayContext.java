package io.strowger.ops.receiver.way;

import io.strowger.router.Router;
import io.vertx.core.Vertx;

/**
 * What the ways of one source share.
 *
 * @param router   with threads of its own.
 * @param answerNs after which who waits is told that it is not known whether the journal has his request.
 * @param room     of this source, for requests that wait for a link.
 */
public record WayContext(Vertx vertx, Router router, long answerNs, EarlyRoom room) {
}

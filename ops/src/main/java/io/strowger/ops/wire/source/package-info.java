/**
 * The port for sources that speak signals, and the client of the other side.
 *
 * <pre>
 *   socket ── Frames ── SourceArrival   the opening: token or certificate
 *                └───── SourceSession ── SourceConnection ── router        hello, signals, actions
 *
 *   {@link io.strowger.ops.wire.source.SourceClient} ── Frames ── socket    on the side of the source
 * </pre>
 *
 * <p>The port runs on one event loop; a hello, which asks the router a question, on a worker. The client runs on an event loop of its own.
 */
package io.strowger.ops.wire.source;

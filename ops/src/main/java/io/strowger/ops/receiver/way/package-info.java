/**
 * The way of what comes over HTTP into the router: one for each phone or server.
 *
 * <pre>
 *   request ── SourceWay ── Sending, translator ── RouterLink ── router
 *                │  ▲                                 │
 *                │  └── Waiting, Repeats ◄── acknowledged, refused
 *                └── Early: no link yet, or no room
 * </pre>
 *
 * <p>A request is answered when its facts are in the journal, when the router has refused one of them, or when neither is known in time.
 * All on the receiver's loop; what asks the router a question runs on a worker.
 */
package io.strowger.ops.receiver.way;

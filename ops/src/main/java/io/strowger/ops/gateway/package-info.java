/**
 * Where applications come to: events as server-sent events and over WebSocket, status and actions over REST, all as JSON.
 *
 * <pre>
 *   HTTP ──► gate: token ──► routes:  /events   ──► EventStream ◄── StreamPump, every few ms ◄── router's subscriptions
 *                                     /stream   ──► SocketSession ──► EventStream ...
 *                                     /status   ──► StatusStream
 *                                     /actions  ──► Asks ──► ActionClient of the application
 * </pre>
 *
 * <p>Everything of a gateway happens on one event loop. What may wait for the router's core thread is asked for on a worker thread. Whoever
 * reads slowly is not written to: the events wait in the journal, never here.
 *
 * <p>Here: the port, who is let in, and the routes. In {@code stream}: events and states on their way out, whatever carries them. In
 * {@code socket}: WebSockets. In {@code action}: actions and their answers. In {@code web}: what all of these say and read.
 */
package io.strowger.ops.gateway;

/**
 * Connections to call routers: Asterisk's manager interface, FreeSWITCH's event socket and Kamailio's evapi, each kept up, listed anew
 * whenever it comes, and read without ever holding the call router up.
 *
 * <pre>
 *   Connector ── Line (events) ─── Talk          login, subscription, lists, heartbeat
 *       │           └─────── EventTraffic ─── translator ─── RouterWay ─── router
 *       └─────── Line (commands) ─ Talk
 *                   └───── CommandTraffic ─── actions ────── RouterWay ─── router
 * </pre>
 *
 * <p>All of a connector runs on one event loop, its own context; what asks the router a question runs on a worker. {@link
 * io.strowger.ops.connector.Connector} may be called by any thread.
 */
package io.strowger.ops.connector;

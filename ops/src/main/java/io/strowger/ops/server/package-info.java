/**
 * The server: journal, router, connectors, gateway and metrics put together by a configuration, and taken down in order.
 *
 * <pre>
 *   PBXs ──► connectors ──► router ──► gateway ──► applications
 *               demo ──────►  │  ──► metrics
 *                          journal
 * </pre>
 */
package io.strowger.ops.server;

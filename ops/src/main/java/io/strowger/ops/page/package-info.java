/**
 * The console page: what a browser shows of the router, out of the same gateway that applications use. Nothing here knows a call; the page
 * folds the status and the events behind it for itself.
 *
 * <pre>
 *   browser ── GET / and /page/* ──► ConsolePage          the page, as it is: no data in it
 *           ── POST /tickets, GET /stream ──► gateway     status, then events
 *           ── GET /operator/health ──► server            for who operates
 * </pre>
 */
package io.strowger.ops.page;

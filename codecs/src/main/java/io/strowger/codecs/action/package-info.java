/**
 * Actions on their way out, and what comes back: what the translators to all kinds of call routers have in common.
 *
 * <pre>
 *   action (SBE) ──► ActionFields ──► writer of the dialect ──► CommandText ──► bytes of the command
 *                                            │ id
 *                                            ▼
 *   ActionResult ◄── ActionResults ◄── PendingActions ◄── replies of the dialect ◄── bytes of the call router
 * </pre>
 *
 * <p>Nothing here opens a socket, starts a thread or asks a clock. A command is written once and never again: what became of it after a
 * loss of the connection is {@code unknown}. Each action that was written ends in exactly one final result.
 *
 * <p>All classes: one thread, that of the connection; nothing is allocated once the longest text has been met.
 */
package io.strowger.codecs.action;

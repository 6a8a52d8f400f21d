/**
 * Caller pop-ups: which address a user who is called is shown, out of the events of his calls. An event stands complete in its record, so
 * nothing is kept here: who comes back behind an event gets what he has missed.
 *
 * <pre>
 *   call.delivered     ──►  open       {"user":"102","url":"https://crm.example/?caller=101", ...}
 *   call.established   ──►  answered
 *   call.cleared       ──►  closed
 * </pre>
 */
package io.strowger.ops.popup;

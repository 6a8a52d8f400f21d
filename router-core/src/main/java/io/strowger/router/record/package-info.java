/**
 * The journal's bytes: records, and the blocks they are kept in. Written once by the core, read by everybody else.
 *
 * <p>Part of the hot path: nothing here allocates, locks or logs after construction.
 */
package io.strowger.router.record;

/**
 * Retention: which whole cycle files of a journal may go, by its limits and by everything that still needs them.
 *
 * <pre>
 *   cycle 1   cycle 2   cycle 3   cycle 4   cycle 5
 *   └─ older than the days, or beyond the bytes ─┘
 *                  ^             ^
 *          a named cursor    the snapshots
 *   removed   kept for it: said to the caller, with name and position
 * </pre>
 *
 * <p>Needed are: the two newest good snapshots and all behind the older of them (the newest, and the one to fall back to), every named
 * cursor's position, the positions held in process, and the cycle that is being written. Nothing is removed against that, whatever the
 * limits say: an operator removes the cursor. How it is removed is {@link io.strowger.persistence.KeptCycles}.
 */
package io.strowger.persistence.retention;

/**
 * The core: one plain object that folds signals into state and concludes events. Pure: its output depends on the journal alone.
 *
 * <p>Part of the hot path: nothing here allocates, locks, logs or reads a clock after construction.
 */
package io.strowger.router.core;

/**
 * The hot path: channels, ring, fold, journal, dispatch, as plain objects that turn when their thread turns them.
 *
 * <p>The contract of this package: after construction nothing on the way of a signal allocates, locks, logs, throws as flow, or reads a
 * clock other than once a batch through {@link io.strowger.router.pipeline.JournalClock}; a refused
 * signal, which is on no such way, may cost a look at the clock. Back pressure is a return code. A test holds it
 * to 0 bytes a signal.
 */
package io.strowger.router.pipeline;

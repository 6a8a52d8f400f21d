/**
 * The off-heap tables the core keeps its state in: records found by number and name, texts, and the digest over them.
 *
 * <p>Part of the hot path: nothing here locks, logs or reads a clock, and nothing allocates after construction but {@link
 * io.strowger.router.state.TextStore}, which takes its chunks of memory when it first needs them. Everything is used by one thread.
 */
package io.strowger.router.state;

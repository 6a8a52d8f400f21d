/**
 * The off-heap tables the core keeps its state in: records found by number and name, texts, and the digest over them.
 *
 * <p>Part of the hot path: nothing here locks, logs or reads a clock, and after construction nothing allocates but memory for more records
 * and texts than there ever were ({@link io.strowger.router.state.Slabs}). Everything is used by one thread; while a whole state is read,
 * another touches its pages ({@link io.strowger.router.state.PagesAhead}).
 */
package io.strowger.router.state;

/**
 * Snapshots of the whole state at a place of the journal: the port to where they are kept, and how a fold begins with one.
 *
 * <p>A snapshot is never needed: the journal alone gives the same state. It only makes the way there short. One that is damaged, or is not
 * of this journal, is passed over for the one before, and that is said.
 */
package io.strowger.router.snapshot;

/** Snapshots on disk: whole, or passed over. */
package io.strowger.persistence.snapshot;

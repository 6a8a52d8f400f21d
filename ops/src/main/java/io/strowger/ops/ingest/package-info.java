/**
 * Recorded streams into a journal: the bytes of a file, when they arrived, and which connection they were.
 *
 * <p>One thread. The same files give the same records, whatever was ingested before: facts that the journal already has are left out.
 */
package io.strowger.ops.ingest;

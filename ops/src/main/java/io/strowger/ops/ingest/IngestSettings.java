package io.strowger.ops.ingest;

import java.nio.file.Path;
import java.util.List;

/**
 * What to ingest.
 *
 * @param files      consecutive connections of one source.
 * @param sourceName of the source.
 * @param tenant     whose the source is.
 * @param acks       whether each block of the source is journaled by itself and acknowledged.
 * @param coveredBy  name of the source that speaks for this one's user while it is up, empty for none.
 */
public record IngestSettings(List<Path> files, String sourceName, int tenant, boolean acks, String coveredBy) {
    /** Of a source that nobody covers. */
    public IngestSettings(final List<Path> files, final String sourceName, final int tenant, final boolean acks) {
        this(files, sourceName, tenant, acks, "");
    }
}

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
 */
public record IngestSettings(List<Path> files, String sourceName, int tenant, boolean acks) {
}

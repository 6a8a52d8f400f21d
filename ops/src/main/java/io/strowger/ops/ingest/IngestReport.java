package io.strowger.ops.ingest;

import java.nio.file.Path;
import java.util.List;

/**
 * What a run counted.
 *
 * @param bytes      read.
 * @param taken      facts given to the router.
 * @param known      facts that the journal had already.
 * @param rejected   facts that the router refused for their form.
 * @param complaints how much of the input was not understood, and what it was, in words.
 * @param foreign    files with bytes in which nothing of the format was found, in their order.
 */
public record IngestReport(long bytes, long taken, long known, long rejected, List<String> complaints, List<Path> foreign) {
}

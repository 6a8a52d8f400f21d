/**
 * The ingest job: arrival times, exactly once, acknowledgements.
 */
package io.strowger.ops.ingest;

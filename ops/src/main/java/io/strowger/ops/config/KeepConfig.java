package io.strowger.ops.config;

/**
 * What of the journal is kept; what nothing needs beyond that is removed by the server.
 *
 * @param days  files whose newest record is younger; null for no bound.
 * @param bytes of all files together; null for no bound.
 */
public record KeepConfig(Integer days, Long bytes) {
}

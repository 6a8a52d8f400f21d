package io.strowger.router.core;

/**
 * A source as a status shows it.
 *
 * @param number    its number, from 1.
 * @param tenant    whose it is.
 * @param name      its name.
 * @param up        whether it is connected.
 * @param stale     something of it may have been missed, so that what is known of its sessions may not be true; until it is
 *                  resynchronised.
 * @param epoch     boot instant in nanoseconds since 1970, or a hash of the source's identity; 0 when not known.
 * @param coveredBy name of the source that speaks for its user while that one is up and not stale, or null.
 */
public record SourceStatus(int number, int tenant, String name, boolean up, boolean stale, long epoch, String coveredBy) {
}

package io.strowger.router.core;

/**
 * An open session as a status shows it.
 *
 * @param source        name of its source.
 * @param epoch         of its source, as in its events.
 * @param tenant        of its source.
 * @param nativeId      the source's own id.
 * @param callId        the source's id of the call, or null.
 * @param localUser     or null.
 * @param remoteParty   or null.
 * @param remoteName    or null.
 * @param media         code of the schema's Media.
 * @param direction     code of the schema's Direction.
 * @param state         code of the schema's ConnectionState.
 * @param group         queue it waits in, or null.
 * @param createdNs     source time of its first fact.
 * @param establishedNs source time since which it is up, 0 when it is not.
 * @param inferred      its start was not seen.
 * @param sourceRestarted its source has restarted and its end is owed: not counted as open.
 */
public record SessionStatus(String source, long epoch, int tenant, String nativeId, String callId, String localUser, String remoteParty,
    String remoteName, int media, int direction, int state, String group, long createdNs, long establishedNs, boolean inferred,
    boolean sourceRestarted) {
}

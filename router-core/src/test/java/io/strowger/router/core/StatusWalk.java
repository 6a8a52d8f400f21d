package io.strowger.router.core;

import io.strowger.codecs.sbe.Direction;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The open sessions of a core as its status shows them, by native id: call, user, remote party, direction.
 */
final class StatusWalk implements StateVisitor {
    private final Map<String, String> sessions = new TreeMap<>();

    static Map<String, String> of(final Core core) {
        final StatusWalk walk = new StatusWalk();
        core.visit(walk);
        return walk.sessions;
    }

    @Override
    public void session(final SessionStatus session) {
        sessions.put(session.nativeId(), orEmpty(session.callId()) + " " + orEmpty(session.localUser()) + " " +
            orEmpty(session.remoteParty()) + " " + Direction.get((short)session.direction()).name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void user(final int tenant, final String name, final String presence) {
        // only sessions are asked for
    }

    @Override
    public void group(final int tenant, final String name, final int waiting, final int members) {
        // only sessions are asked for
    }

    @Override
    public void source(final SourceStatus source) {
        // only sessions are asked for
    }

    private static String orEmpty(final String text) {
        return null == text ? "" : text;
    }
}

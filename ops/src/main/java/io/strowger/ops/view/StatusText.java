package io.strowger.ops.view;

import io.strowger.codecs.json.JsonNames;
import io.strowger.codecs.sbe.Media;
import io.strowger.ops.console.Counted;
import io.strowger.ops.console.Printable;
import io.strowger.router.core.SessionStatus;
import io.strowger.router.core.SourceStatus;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * A status for people: aligned tables, empty ones left out.
 */
public final class StatusText {
    private static final long NANOS_A_MILLI = 1_000_000;

    private final PrintStream out;

    /**
     * A writer.
     *
     * @param out takes the lines; not flushed.
     */
    public StatusText(final PrintStream out) {
        this.out = out;
    }

    /**
     * Writes everything.
     *
     * @param position of the state.
     * @param nowNs    journal time there: ages are counted up to it.
     */
    public void write(final StatusSnapshot status, final long position, final long nowNs) {
        sessions(status.sessions(), nowNs);
        for (final StatusSnapshot.User user : status.users()) {
            out.printf("user     %-16s %s%n", Printable.of(user.name()), null == user.presence() ? "not known" : user.presence());
        }
        for (final StatusSnapshot.Group group : status.groups()) {
            out.printf(Locale.ROOT, "group    %-16s %d waiting, %s%n", Printable.of(group.name()), group.waiting(),
                Counted.of(group.members(), "member"));
        }
        for (final SourceStatus source : status.sources()) {
            out.printf(Locale.ROOT, "source   %-16s %s%s, tenant %d%s%n", Printable.of(source.name()), source.up() ? "up" : "down",
                source.stale() ? ", stale" : "", source.tenant(),
                null == source.coveredBy() ? "" : ", covered by " + Printable.of(source.coveredBy()));
        }
        out.printf(Locale.ROOT, "position %d, %s%n", position, 0 == position ? "empty" : EventText.time(nowNs));
    }

    /**
     * Writes the open sessions alone.
     *
     * @param nowNs ages are counted up to it.
     */
    public void sessions(final List<SessionStatus> sessions, final long nowNs) {
        for (final SessionStatus session : sessions) {
            final String direction = StatusJson.direction(session);
            final String arrow = null == direction ? "  " : "incoming".equals(direction) ? "<-" : "->";
            out.printf(Locale.ROOT, "session  %-12s %s %-20s %-10s %10s  %s%s%s%n",
                Printable.of(orElse(session.localUser(), EventText.nobody(Media.CALL.value() == session.media()))), arrow,
                Printable.of(orElse(session.remoteParty(), "") + (null == session.remoteName() ? "" : " " + session.remoteName())),
                StatusJson.state(session), EventText.seconds(Math.max(0, nowNs - session.createdNs()) / NANOS_A_MILLI),
                Media.CALL.value() == session.media() ? "call " + Printable.of(orElse(session.callId(), "?"))
                    : JsonNames.kebab(Media.get((short)session.media()).name()),
                null == session.group() ? "" : "  in " + Printable.of(session.group()),
                session.inferred() ? "  (start not seen)" : "");
        }
    }

    private static String orElse(final String text, final String other) {
        return null == text ? other : text;
    }
}

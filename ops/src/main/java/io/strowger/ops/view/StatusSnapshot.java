package io.strowger.ops.view;

import io.strowger.router.core.SessionStatus;
import io.strowger.router.core.SourceStatus;
import io.strowger.router.core.StateVisitor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a state holds, in an order that depends on nothing else: kept apart from the state it was taken of.
 */
public final class StatusSnapshot implements StateVisitor {
    private final String onlyUser;
    private final List<SessionStatus> sessions = new ArrayList<>();
    private final List<User> users = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private final List<SourceStatus> sources = new ArrayList<>();

    /**
     * An empty snapshot.
     *
     * @param onlyUser keep only this user and its sessions; null for everything.
     */
    public StatusSnapshot(final String onlyUser) {
        this.onlyUser = onlyUser;
    }

    /**
     * A user.
     *
     * @param presence in, out, or null when not known.
     */
    public record User(int tenant, String name, String presence) {
    }

    /**
     * A group.
     *
     * @param waiting sessions that wait in it.
     * @param members logged in.
     */
    public record Group(int tenant, String name, int waiting, int members) {
    }

    @Override
    public void session(final SessionStatus session) {
        if (null == onlyUser || onlyUser.equals(session.localUser())) {
            sessions.add(session);
        }
    }

    @Override
    public void user(final int tenant, final String name, final String presence) {
        if (null == onlyUser || onlyUser.equals(name)) {
            users.add(new User(tenant, name, presence));
        }
    }

    @Override
    public void group(final int tenant, final String name, final int waiting, final int members) {
        if (null == onlyUser) {
            groups.add(new Group(tenant, name, waiting, members));
        }
    }

    @Override
    public void source(final SourceStatus source) {
        if (null == onlyUser) {
            sources.add(source);
        }
    }

    /** Open sessions by source, start and native id. */
    public List<SessionStatus> sessions() {
        sessions.sort(Comparator.comparing(SessionStatus::source).thenComparingLong(SessionStatus::createdNs)
            .thenComparing(SessionStatus::nativeId));
        return List.copyOf(sessions);
    }

    /** Users by tenant and name. */
    public List<User> users() {
        users.sort(Comparator.comparingInt(User::tenant).thenComparing(User::name));
        return List.copyOf(users);
    }

    /** Groups by tenant and name. */
    public List<Group> groups() {
        groups.sort(Comparator.comparingInt(Group::tenant).thenComparing(Group::name));
        return List.copyOf(groups);
    }

    /** Sources by number. */
    public List<SourceStatus> sources() {
        sources.sort(Comparator.comparingInt(SourceStatus::number));
        return List.copyOf(sources);
    }
}

package io.strowger.ops.access;

/**
 * Of whom an application sees events. Immutable; any thread.
 */
public final class ReadGrant {
    private final String userPatterns;
    private final String groupPatterns;
    private final NamePatterns users;
    private final NamePatterns groups;

    /**
     * A grant.
     *
     * @param users  whose sessions: names split by commas, each exact or a beginning with {@code *} behind it; empty for none.
     * @param groups which groups, likewise.
     */
    public ReadGrant(final String users, final String groups) {
        this.userPatterns = users;
        this.groupPatterns = groups;
        this.users = new NamePatterns(users);
        this.groups = new NamePatterns(groups);
    }

    /** Whether nothing within the tenant is kept from it. */
    public boolean isEverything() {
        return users.isAll() && groups.isAll();
    }

    /** Whether it sees what is about a user. */
    public boolean allowsUser(final String user) {
        return users.allow(user);
    }

    /** Whether it sees what is about a group. */
    public boolean allowsGroup(final String group) {
        return groups.allow(group);
    }

    /**
     * Whether it sees an event.
     *
     * @param user     whose, empty for none.
     * @param group    of which group, empty for none.
     * @param isSource whether it tells of a source, which concerns all that have sessions there.
     */
    public boolean allows(final String user, final String group, final boolean isSource) {
        return isEverything() || isSource || (!user.isEmpty() && users.allow(user)) || (!group.isEmpty() && groups.allow(group))
            || (user.isEmpty() && group.isEmpty() && users.isAll());
    }

    /** Of the same users and groups: a credential that is read again is still the same. */
    @Override
    public boolean equals(final Object other) {
        return other instanceof ReadGrant grant && userPatterns.equals(grant.userPatterns) && groupPatterns.equals(grant.groupPatterns);
    }

    @Override
    public int hashCode() {
        return 31 * userPatterns.hashCode() + groupPatterns.hashCode();
    }
}

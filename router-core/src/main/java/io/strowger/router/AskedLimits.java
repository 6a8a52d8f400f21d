package io.strowger.router;

import io.strowger.router.journal.FoldLimits;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalException;

/**
 * The limits that a context asks for; those it does not are the journal's.
 */
final class AskedLimits {
    private static final int AS_KEPT = 0;
    private static final int MAX_CAPACITY = 1 << 28;
    private static final int MAX_ACTIONS = 1 << 24;

    private int sessions = AS_KEPT;
    private int users = AS_KEPT;
    private int groups = AS_KEPT;
    private int sources = AS_KEPT;
    private int actions = AS_KEPT;
    private int actionsPerTenant = AS_KEPT;
    private int blockSize = AS_KEPT;

    void sessions(final int count) {
        sessions = count;
    }

    void users(final int count) {
        users = count;
    }

    void groups(final int count) {
        groups = count;
    }

    void sources(final int count) {
        sources = count;
    }

    void actions(final int count) {
        actions = count;
    }

    void actionsPerTenant(final int count) {
        actionsPerTenant = count;
    }

    void blockSize(final int bytes) {
        blockSize = bytes;
    }

    /**
     * What the journal keeps, or what is asked for on a new one.
     *
     * @throws IllegalArgumentException when a limit is out of its range.
     * @throws JournalException         when they are other limits than the journal's.
     */
    FoldLimits of(final Journal journal) {
        final FoldLimits has = FoldLimits.of(journal);
        final int most = orElse(actions, has.actions());
        final int share = null == journal.limits() ? FoldLimits.half(most) : has.actionsPerTenant();
        final FoldLimits asked = new FoldLimits(orElse(sessions, has.sessions()), orElse(users, has.users()),
            orElse(groups, has.groups()), orElse(sources, has.sources()), most,
            orElse(actionsPerTenant, share), orElse(blockSize, has.blockSize()));
        check(asked.sessions(), "sessionCapacity");
        check(asked.users(), "userCapacity");
        check(asked.groups(), "groupCapacity");
        check(asked.sources(), "sourceCapacity");
        RouterContext.check(asked.actions() > 0 && asked.actions() <= MAX_ACTIONS, "actionCapacity", asked.actions());
        RouterContext.check(asked.actionsPerTenant() > 0 && asked.actionsPerTenant() <= most, "actionsPerTenant", asked.actionsPerTenant());
        check(asked.blockSize(), "blockSizeLimit");
        if (null != journal.limits() && !asked.equals(has)) {
            throw new JournalException("the journal was begun with " + has + " and can't be folded with " + asked);
        }
        return asked;
    }

    @Override
    public String toString() {
        return "blockSizeLimit=" + shown(blockSize) + " bytes\n  sessionCapacity=" + shown(sessions) + "\n  userCapacity=" + shown(users)
            + "\n  groupCapacity=" + shown(groups) + "\n  sourceCapacity=" + shown(sources) + "\n  actionCapacity="
            + shown(actions) + "\n  actionsPerTenant=" + shown(actionsPerTenant);
    }

    private static int orElse(final int value, final int kept) {
        return AS_KEPT == value ? kept : value;
    }

    private static String shown(final int value) {
        return AS_KEPT == value ? "(the journal's)" : Integer.toString(value);
    }

    private static void check(final int value, final String name) {
        RouterContext.check(value > 0 && value <= MAX_CAPACITY, name, value);
    }
}

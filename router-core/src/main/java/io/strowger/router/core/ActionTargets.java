package io.strowger.router.core;

import io.strowger.codecs.sbe.ActionKind;
import io.strowger.router.state.KeyedTable;

/**
 * Decides what an action is done to, by which source, and whether its client may: in this order, the first that fails is the answer.
 *
 * <ol>
 * <li>the client's grant has the kind of action;</li>
 * <li>what the kind is done to is stated;</li>
 * <li>the grant has the user and the group that the action names (with neither a leg nor a name: all users);</li>
 * <li>the target is found, and with it the source that owns it: the one named; the one that has the session; the one that spoke last of the
 * group; the one that has shown the user last, or else has named him last;</li>
 * <li>the session's user or group is in the grant;</li>
 * <li>the deadline has not passed; the source is up, has the capability, and has not too many actions.</li>
 * </ol>
 *
 * <p>Everything is looked for within the client's tenant: what another has can't be told from what nobody has.
 */
final class ActionTargets {
    private static final int FORWARD_CALL = ActionKind.FORWARD_CALL.value();
    private static final int SEND_FAX = ActionKind.SEND_FAX.value();
    private static final int TRANSFER_CHAT = ActionKind.TRANSFER_CHAT.value();

    private final State state;
    private final Session session;
    private final Slice nativeId = new Slice();
    private final Slice user = new Slice();
    private final Slice group = new Slice();
    private final Slice itsUser = new Slice();
    private final Slice itsGroup = new Slice();
    private int source;

    ActionTargets(final State state) {
        this.state = state;
        this.session = state.sessions().view();
    }

    /** The source that owns the target of the last action looked at, 0 when none was found. */
    int source() {
        return source;
    }

    /** Native id of the last action looked at. */
    Slice nativeId() {
        return nativeId;
    }

    /** Local user of its session, or else the user that it names. */
    Slice user() {
        return user;
    }

    /** Group of its session, or else the group that it names. */
    Slice group() {
        return group;
    }

    /**
     * Looks at an action.
     *
     * @return why it fails, or null when it is to go to {@link #source()}.
     */
    ActionFailure resolve(final Fact fact, final int kind, final long deadlineNs) {
        final ActionTexts texts = ActionTexts.of(kind);
        source = 0;
        wrap(nativeId, fact, texts.nativeId());
        wrap(user, fact, texts.user());
        wrap(group, fact, texts.group());
        final int grant = state.grants().find(fact.tenant(), fact, texts.clientId());
        if (KeyedTable.MISSING == grant || !state.grants().allowsKind(grant, kind)) {
            return ActionFailure.NOT_ALLOWED;
        }
        if (isTargetMissing(kind, texts, fact)) {
            return ActionFailure.TARGET_MISSING;
        }
        if (!allowsNames(grant)) {
            return ActionFailure.NOT_ALLOWED;
        }
        final ActionFailure failure = find(fact, texts);
        if (null != failure) {
            source = 0;
            return failure;
        }
        if (!nativeId.isEmpty() && !allowsSession(grant)) {
            source = 0;
            return ActionFailure.NOT_ALLOWED;
        }
        return deadlineNs <= fact.journalTimeNs() ? ActionFailure.DEADLINE_PASSED : refusal(kind);
    }

    private ActionFailure refusal(final int kind) {
        final Sources sources = state.sources();
        // before its epoch is known, what runs may be another than what was known
        if (!sources.isUp(source) || !sources.isEpochKnown(source)) {
            return ActionFailure.SOURCE_DOWN;
        }
        if (0 == (sources.capabilities(source) & 1L << kind)) {
            return ActionFailure.SOURCE_CANNOT;
        }
        return state.actionLists().pendingCount(source) >= state.actionsPerSource() ? ActionFailure.SOURCE_FULL : null;
    }

    private boolean isTargetMissing(final int kind, final ActionTexts texts, final Fact fact) {
        if (ActionTexts.NONE != texts.group() && TRANSFER_CHAT != kind) {
            return user.isEmpty() || group.isEmpty();
        }
        if (ActionTexts.NONE != texts.nativeId()) {
            return nativeId.isEmpty() && (FORWARD_CALL != kind || user.isEmpty());
        }
        return user.isEmpty() && (kind < SEND_FAX || !fact.has(texts.sourceName()));
    }

    private boolean allowsNames(final int grant) {
        final boolean isOfUser = nativeId.isEmpty();
        final Grants grants = state.grants();
        final boolean hasUser = (!isOfUser && user.isEmpty()) || grants.allowsUser(grant, user.buffer(), user.offset(), user.length());
        return hasUser && (group.isEmpty() || grants.allowsGroup(grant, group.buffer(), group.offset(), group.length()));
    }

    private ActionFailure find(final Fact fact, final ActionTexts texts) {
        final int tenant = fact.tenant();
        if (fact.has(texts.sourceName())) {
            source = state.sources().find(tenant, fact.buffer(), fact.textOffset(texts.sourceName()), fact.textLength(texts.sourceName()));
            if (0 == source) {
                return ActionFailure.NO_SUCH_SOURCE;
            }
        }
        if (!nativeId.isEmpty()) {
            return findSession(tenant);
        }
        if (0 != source) {
            return null;
        }
        if (!group.isEmpty()) {
            final int slot = state.groups().find(tenant, group.buffer(), group.offset(), group.length());
            source = slot < 0 ? 0 : state.groups().source(slot);
            return 0 == source ? ActionFailure.NO_SUCH_GROUP : null;
        }
        final int slot = state.directory().find(tenant, user.buffer(), user.offset(), user.length());
        source = slot < 0 ? 0 : state.directory().source(slot);
        return 0 == source ? ActionFailure.NO_SUCH_USER : null;
    }

    private ActionFailure findSession(final int tenant) {
        final int named = source;
        int found = Session.NONE;
        for (int number = 1; number <= state.sources().count(); number++) {
            if ((0 == named || named == number) && hasSessions(number, tenant)) {
                final int slot = state.sessions().findOpen(state.sources().scope(number), nativeId, session);
                if (Session.NONE != slot && Session.NONE != found) {
                    return ActionFailure.AMBIGUOUS_SESSION;
                }
                found = Session.NONE == slot ? found : slot;
            }
        }
        if (Session.NONE == found) {
            return ActionFailure.NO_SUCH_SESSION;
        }
        session.at(found);
        source = Sources.number(state.sessions().scope(found));
        return null;
    }

    /** Of thousands of phones that are each a source, few have a call. */
    private boolean hasSessions(final int number, final int tenant) {
        final Sources sources = state.sources();
        return Session.NONE != sources.lists().first(number) && sources.isKnown(number) && tenant == sources.tenant(number);
    }

    /** A session of nobody is in the grant of all. Whose it is, is taken over only when the client may know. */
    private boolean allowsSession(final int grant) {
        itsUser.clear();
        itsGroup.clear();
        if (Session.NONE != session.user()) {
            state.directory().name(itsUser, session.user());
        }
        if (Session.NONE != session.group()) {
            state.groups().name(itsGroup, session.group());
        }
        final Grants grants = state.grants();
        if (!grants.allowsUser(grant, itsUser.buffer(), itsUser.offset(), itsUser.length()) &&
            (itsGroup.isEmpty() || !grants.allowsGroup(grant, itsGroup.buffer(), itsGroup.offset(), itsGroup.length()))) {
            return false;
        }
        user.wrap(itsUser.isEmpty() ? user : itsUser);
        group.wrap(itsGroup.isEmpty() ? group : itsGroup);
        return true;
    }

    private static void wrap(final Slice into, final Fact fact, final int text) {
        if (ActionTexts.NONE == text) {
            into.clear();
        } else {
            into.wrap(fact, text);
        }
    }
}

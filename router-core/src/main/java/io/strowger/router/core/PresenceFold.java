package io.strowger.router.core;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.MembershipAction;
import io.strowger.codecs.sbe.RegistrationAction;
import io.strowger.codecs.sbe.YesNo;
import io.strowger.router.record.Outcome;
import io.strowger.router.state.KeyedTable;

/**
 * Facts about users and groups: who is at work, who works for which group and is ready to.
 */
final class PresenceFold {
    private static final int FIRST = SignalLayout.HEADER_LENGTH + SignalLayout.COMMON_BLOCK_LENGTH;
    private static final int REGISTRATION_USER = 0;
    private static final int REGISTRATION_DEVICE = 1;
    private static final int MEMBER_USER = 0;
    private static final int MEMBER_GROUP = 1;
    private static final int MEMBER_DEVICE = 2;
    private static final int MEMBER_NAME = 3;
    private static final int MEMBER_TEXT = 4;

    private final State state;
    private final EventWriter events;

    PresenceFold(final State state, final EventWriter events) {
        this.state = state;
        this.events = events;
    }

    Outcome registration(final Fact fact) {
        final int user = userOf(fact, REGISTRATION_USER);
        if (user < 0) {
            return KeyedTable.FULL == user ? Outcome.REJECTED : Outcome.IGNORED;
        }
        final boolean in = RegistrationAction.REGISTERED.value() == fact.byteAt(FIRST);
        final int presence = state.directory().register(user, fact.source(), fact, REGISTRATION_DEVICE, in);
        if (KeyedTable.FULL == presence) {
            return Outcome.REJECTED;
        }
        if (Directory.NEVER_SAID == presence) {
            return Outcome.NO_CHANGE;
        }
        events.presence(Directory.IN == presence ? Codes.USER_LOGGED_IN : Codes.USER_LOGGED_OUT, user, Session.NONE, fact);
        return Outcome.APPLIED;
    }

    Outcome membership(final Fact fact) {
        final int tenant = state.sources().tenant(fact.source());
        final int group = state.groups().group(tenant, fact, MEMBER_GROUP);
        final int user = userOf(fact, MEMBER_USER);
        if (KeyedTable.FULL == group || KeyedTable.FULL == user) {
            return Outcome.REJECTED;
        }
        final int action = fact.byteAt(FIRST);
        final boolean paused = YesNo.YES.value() == fact.byteAt(FIRST + 1) || MembershipAction.PAUSED.value() == action;
        final int member = fact.has(MEMBER_DEVICE) ? MEMBER_DEVICE : fact.has(MEMBER_NAME) ? MEMBER_NAME : MEMBER_USER;
        final int membership = MembershipAction.REMOVED.value() == action ? -1 : Groups.MEMBER | (paused ? Groups.PAUSED : 0);
        if (!state.groups().membership(tenant, group, fact, member, membership)) {
            return Outcome.REJECTED;
        }
        events.text().wrap(fact, MEMBER_TEXT);
        events.presence(eventOf(action), user, group, fact);
        return Outcome.APPLIED;
    }

    private static int eventOf(final int action) {
        if (MembershipAction.ADDED.value() == action) {
            return Codes.GROUP_LOGGED_IN;
        }
        if (MembershipAction.REMOVED.value() == action) {
            return Codes.GROUP_LOGGED_OUT;
        }
        return MembershipAction.PAUSED.value() == action ? Codes.GROUP_NOT_READY : Codes.GROUP_READY;
    }

    private int userOf(final Fact fact, final int index) {
        return state.directory().user(state.sources().tenant(fact.source()), fact, index);
    }
}

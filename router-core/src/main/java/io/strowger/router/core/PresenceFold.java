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
        changeHands(user, fact, REGISTRATION_DEVICE);
        return tellPresence(user, register(user, fact, REGISTRATION_DEVICE, in), fact);
    }

    /** An item of a list of registrations: the device is there, unless it has said since the list began that it is not. */
    Outcome listedDevice(final Fact fact) {
        final int user = userOf(fact, Fact.USER);
        if (user < 0) {
            return KeyedTable.FULL == user ? Outcome.REJECTED : Outcome.IGNORED;
        }
        final int device = state.directory().device(fact.source(), fact, Fact.DEVICE);
        final boolean isNewer = KeyedTable.MISSING != device &&
            !state.snapshots().isBefore(fact.source(), Snapshots.REGISTRATIONS, state.directory().stamp(device));
        if (isNewer) {
            return Outcome.NO_CHANGE;
        }
        changeHands(user, fact, Fact.DEVICE);
        return tellPresence(user, register(user, fact, Fact.DEVICE, true), fact);
    }

    /** A device that is somebody else's now is out for who had it before. */
    private void changeHands(final int user, final Fact fact, final int name) {
        final int device = state.directory().device(fact.source(), fact, name);
        if (KeyedTable.MISSING != device && user != state.directory().userOf(device) && state.directory().isIn(device)) {
            missed(device, fact);
        }
    }

    /** A device was not in its source's list of registrations; returns whether that is so and changes anything. */
    boolean isMissing(final int source, final int device) {
        return state.directory().isIn(device) &&
            state.snapshots().isBeforeWalk(source, Snapshots.REGISTRATIONS, state.directory().stamp(device));
    }

    /** A device that is missing is out. */
    void missed(final int device, final Fact fact) {
        tellPresence(state.directory().userOf(device), state.directory().register(device, false), fact);
    }

    private int register(final int user, final Fact fact, final int device, final boolean in) {
        state.directory().shown(user, fact.source());
        return state.directory().register(user, fact.source(), fact, device, in, state.snapshots().generation(fact.source()));
    }

    private Outcome tellPresence(final int user, final int presence, final Fact fact) {
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
        final int membership = member(group, fact, member, user);
        if (MembershipAction.REMOVED.value() == action) {
            leave(membership, fact.source());
        } else if (membership < 0) {
            return Outcome.REJECTED;
        } else {
            final int before = state.memberships().state(membership);
            if (MembershipAction.ADDED.value() == action && 0 != (before & Memberships.IN)) {
                // it is in already; whether it is ready again is said for itself
                state.memberships().say(membership, before, fact.source(), generation(fact));
                return Outcome.NO_CHANGE;
            }
            state.memberships().say(membership, Memberships.IN | (paused ? Memberships.PAUSED : 0), fact.source(), generation(fact));
        }
        events.text().wrap(fact, MEMBER_TEXT);
        events.presence(eventOf(action), user, group, fact);
        return Outcome.APPLIED;
    }

    /**
     * An item of a list of queues: somebody works for a group, unless it has been said since the list began that he does not. What the
     * first list of a group shows is learned without an event: nobody has logged in then. Later ones tell what has changed meanwhile.
     *
     * @param group its slot.
     */
    Outcome listedMember(final int group, final Fact fact, final boolean paused) {
        final int user = userOf(fact, Fact.USER);
        final int text = fact.has(Fact.DEVICE) ? Fact.DEVICE : fact.has(Fact.NAME) ? Fact.NAME : Fact.USER;
        final int membership = KeyedTable.FULL == user || !fact.has(text) ? KeyedTable.FULL : member(group, fact, text, user);
        if (membership < 0) {
            return Outcome.REJECTED;
        }
        final Memberships memberships = state.memberships();
        final int before = memberships.state(membership);
        final boolean isNew = Snapshots.UNSTAMPED == memberships.stamp(membership);
        if (!isNew && fact.source() == memberships.source(membership) &&
            !state.snapshots().isBefore(fact.source(), Snapshots.QUEUES, memberships.stamp(membership))) {
            return Outcome.NO_CHANGE;
        }
        memberships.say(membership, Memberships.IN | (paused ? Memberships.PAUSED : 0), fact.source(), generation(fact));
        if (!state.listedGroups().isLearned(fact.source(), group)) {
            return Outcome.APPLIED;
        }
        if (0 == (before & Memberships.IN)) {
            events.presence(Codes.GROUP_LOGGED_IN, user, group, fact);
        }
        if (paused != (0 != (before & Memberships.PAUSED))) {
            events.presence(paused ? Codes.GROUP_NOT_READY : Codes.GROUP_READY, user, group, fact);
        }
        return 0 == events.count() ? Outcome.NO_CHANGE : Outcome.APPLIED;
    }

    /**
     * A membership that its source's list of queues did not show ends.
     *
     * @param from generation in which the list began.
     * @param room whether there is room for its event.
     * @return the next membership of the group; the same when there was no room.
     */
    int missedMember(final int membership, final int group, final int from, final Fact fact, final boolean room) {
        final Memberships memberships = state.memberships();
        final int next = memberships.next(membership);
        final int source = fact.source();
        if (source != memberships.source(membership)) {
            return next;
        }
        final boolean isIn = 0 != (memberships.state(membership) & Memberships.IN);
        if (isIn && state.snapshots().isOlder(source, memberships.stamp(membership), from)) {
            if (!room) {
                return membership;
            }
            final int user = memberships.user(membership);
            memberships.state(membership, 0, memberships.stamp(membership));
            if (!memberships.isKeptOut(membership)) {
                memberships.remove(membership);
            }
            events.presence(Codes.GROUP_LOGGED_OUT, user, group, fact);
        }
        return next;
    }

    /** Finds or makes the membership; what is just made is out and not stamped. */
    private int member(final int group, final Fact fact, final int text, final int user) {
        final int tenant = state.sources().tenant(fact.source());
        final Memberships memberships = state.memberships();
        final int found = memberships.find(tenant, group, fact, text);
        if (KeyedTable.MISSING != found) {
            return found;
        }
        final int made = memberships.add(tenant, group, fact.source(), user);
        if (made >= 0) {
            memberships.state(made, 0, Snapshots.UNSTAMPED);
        }
        return made;
    }

    /** While the source lists its queues an ended membership is kept, out: an older item must not bring it back. */
    private void leave(final int membership, final int source) {
        if (membership >= 0) {
            state.memberships().say(membership, 0, source, state.snapshots().generation(source));
            if (state.snapshots().isOpen(source, Snapshots.QUEUES)) {
                state.memberships().keepOut(membership);
            } else if (!state.memberships().isKeptOut(membership)) {
                state.memberships().remove(membership);
            }
        }
    }

    private int generation(final Fact fact) {
        return state.snapshots().generation(fact.source());
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

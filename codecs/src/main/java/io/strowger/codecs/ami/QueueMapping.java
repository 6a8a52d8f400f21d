package io.strowger.codecs.ami;

import io.strowger.codecs.sbe.GroupMembershipEncoder;
import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.MembershipAction;
import io.strowger.codecs.sbe.QueueAction;
import io.strowger.codecs.sbe.QueueEncoder;
import io.strowger.codecs.sbe.Reason;
import io.strowger.codecs.sbe.YesNo;
import io.strowger.codecs.translate.AsciiText;

/**
 * Stays in queues, and who serves them. An event with the member's leg gives a {@code LegState} for that leg first, then the
 * {@code Queue} fact about the caller's leg.
 *
 * <p>Before version 12 an agent event names the caller by {@code Uniqueid} alone; its {@code Channel} is the member's there.
 */
final class QueueMapping {
    private static final byte[] QUEUE_STATUS = AsciiText.bytes("queuestatus");
    private static final byte[] ONE = {'1'};
    private static final long MS_PER_SECOND = 1000;

    private final FactWriter facts;
    private final CallMapping legs;
    private final QueueEncoder queue = new QueueEncoder();
    private final GroupMembershipEncoder membership = new GroupMembershipEncoder();

    QueueMapping(final FactWriter facts, final CallMapping legs) {
        this.facts = facts;
        this.legs = legs;
    }

    /** What the caller's own events say: joined, left, abandoned. */
    void caller(final QueueAction action) {
        begin(action, facts.legState(AmiKey.NONE), facts.legKind(AmiKey.NONE));
        facts.leg(AmiKey.NONE);
        facts.text(facts.block().find(AmiKey.QUEUE));
        facts.none();
        facts.none();
        facts.none();
        facts.none();
        facts.end();
    }

    /** What the events about caller and member say: offered, connected, completed, not answered. */
    void agent(final QueueAction action) {
        final AmiBlock block = facts.block();
        final boolean isNew = block.has(AmiKey.INTERFACE);
        if (isNew) {
            legs.furtherLeg(AmiKey.DEST);
            begin(action, facts.legState(AmiKey.NONE), facts.legKind(AmiKey.NONE));
            facts.leg(AmiKey.NONE);
        } else {
            begin(action, LegState.NULL_VAL, LegKind.DEVICE);
            facts.nativeId(block.find(AmiKey.UNIQUEID));
            facts.noLegButId();
        }
        facts.text(block.find(AmiKey.QUEUE));
        facts.text(isNew ? block.find(AmiKey.INTERFACE) : block.findEither(AmiKey.MEMBER, AmiKey.AGENT_CALLED));
        facts.span(memberUser());
        facts.id(block.findEither(AmiKey.of(AmiKey.DEST, AmiKey.UNIQUEID), AmiKey.BRIDGED_CHANNEL));
        facts.none();
        facts.end();
    }

    /**
     * The one variable that counts: how the server says a stay in a queue ended. Which queue it was is not said.
     *
     * @return false when the block sets another variable.
     */
    boolean status() {
        if (!facts.block().is(AmiKey.VARIABLE, QUEUE_STATUS)) {
            return false;
        }
        begin(QueueAction.STATUS, facts.legState(AmiKey.NONE), facts.legKind(AmiKey.NONE));
        facts.leg(AmiKey.NONE);
        facts.none();
        facts.none();
        facts.none();
        facts.none();
        facts.text(facts.block().find(AmiKey.VALUE));
        facts.end();
        return true;
    }

    /** A user comes into a group or goes. */
    void member(final MembershipAction action) {
        final AmiBlock block = facts.block();
        facts.begin(membership);
        membership.action(action).paused(block.is(AmiKey.PAUSED, ONE) ? YesNo.YES : YesNo.NO);
        facts.span(memberUser());
        facts.text(block.find(AmiKey.QUEUE));
        facts.text(block.findEither(AmiKey.INTERFACE, AmiKey.LOCATION));
        facts.text(block.find(AmiKey.MEMBER_NAME));
        facts.text(block.findEither(AmiKey.PAUSED_REASON, AmiKey.REASON));
        facts.end();
    }

    /** A user takes calls of the group, or for a while not. */
    void memberPause() {
        member(facts.block().is(AmiKey.PAUSED, ONE) ? MembershipAction.PAUSED : MembershipAction.READY);
    }

    /** An agent of the agent pool, who is in no group by this alone. */
    void poolAgent(final MembershipAction action) {
        final AmiBlock block = facts.block();
        final int agent = block.find(AmiKey.AGENT);
        facts.begin(membership);
        membership.action(action).paused(YesNo.NO);
        facts.span(facts.extension(agent));
        facts.none();
        facts.text(block.findEither(AmiKey.CHANNEL, AmiKey.LOGIN_CHANNEL));
        facts.text(agent);
        facts.none();
        facts.end();
    }

    /**
     * The local user behind a member: from the first of its names that holds an extension.
     *
     * @return {@code offset << 32 | length}, or 0.
     */
    long memberUser() {
        final AmiBlock block = facts.block();
        long user = facts.extension(block.find(AmiKey.INTERFACE));
        user = user != 0 ? user : facts.extension(block.find(AmiKey.STATE_INTERFACE));
        user = user != 0 ? user : facts.extension(block.find(AmiKey.LOCATION));
        user = user != 0 ? user : facts.extension(block.find(AmiKey.MEMBER));
        user = user != 0 ? user : facts.extension(block.find(AmiKey.AGENT_CALLED));
        user = user != 0 ? user : facts.extension(block.find(AmiKey.MEMBER_NAME));
        return user != 0 ? user : facts.extension(block.find(AmiKey.PLAIN_NAME));
    }

    private void begin(final QueueAction action, final LegState state, final LegKind kind) {
        final AmiBlock block = facts.block();
        final long holdSeconds = block.number(AmiKey.HOLD_TIME, -1);
        facts.begin(queue);
        queue.legState(state).legKind(kind).action(action)
            .position(count(AmiKey.POSITION, QueueEncoder.positionNullValue()))
            .waiting(count(AmiKey.COUNT, QueueEncoder.waitingNullValue()))
            .holdMs(holdSeconds < 0 || holdSeconds > Integer.MAX_VALUE ? QueueEncoder.holdMsNullValue() : holdSeconds * MS_PER_SECOND)
            .reason(Reason.NULL_VAL);
    }

    private int count(final int key, final int absent) {
        final long value = facts.block().number(key, -1);
        return value < 0 || value > Integer.MAX_VALUE ? absent : (int)value;
    }
}

package io.strowger.codecs.esl;

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
 * Queues of mod_callcenter and mod_fifo, and the agents of mod_callcenter, whose status counts for all their queues: it has no group.
 *
 * <pre>
 *   CC-Action / FIFO-Action                  facts
 *   member-queue-start, -resume, push        JOINED
 *   agent-offering                           OFFERED
 *   bridge-agent-start, bridge-caller-start  CONNECTED, LEFT answered
 *   bridge-agent-fail                        NOT_ANSWERED
 *   member-queue-end with CC-Cause Cancel    LEFT: abandoned when the caller is gone, timed-out, else left
 *   abort, timeout                           LEFT: abandoned when the caller is gone, else left; timed-out
 * </pre>
 */
final class QueueMapping {
    private static final byte[] START = AsciiText.bytes("member-queue-start");
    private static final byte[] RESUME = AsciiText.bytes("member-queue-resume");
    private static final byte[] OFFERING = AsciiText.bytes("agent-offering");
    private static final byte[] CONNECTED = AsciiText.bytes("bridge-agent-start");
    private static final byte[] FAILED = AsciiText.bytes("bridge-agent-fail");
    private static final byte[] END = AsciiText.bytes("member-queue-end");
    private static final byte[] STATUS = AsciiText.bytes("agent-status-change");
    private static final byte[] DELETED = AsciiText.bytes("agent-del");
    private static final byte[] CANCEL = AsciiText.bytes("Cancel");
    private static final byte[] TIMEOUT = AsciiText.bytes("TIMEOUT");
    private static final byte[] NO_AGENT_TIMEOUT = AsciiText.bytes("NO_AGENT_TIMEOUT");
    private static final byte[] LOGGED_OUT = AsciiText.bytes("Logged Out");
    private static final byte[] ON_BREAK = AsciiText.bytes("On Break");
    private static final byte[] AVAILABLE = AsciiText.bytes("Available");
    private static final byte[] ON_DEMAND = AsciiText.bytes("Available (On Demand)");
    private static final byte[] PUSH = AsciiText.bytes("push");
    private static final byte[] BRIDGED = AsciiText.bytes("bridge-caller-start");
    private static final byte[] ABORT = AsciiText.bytes("abort");
    private static final byte[] FIFO_TIMEOUT = AsciiText.bytes("timeout");

    private final EslFacts facts;
    private final EslFields fields;
    private final QueueEncoder queue = new QueueEncoder();
    private final GroupMembershipEncoder membership = new GroupMembershipEncoder();

    QueueMapping(final EslFacts facts) {
        this.facts = facts;
        this.fields = facts.fields();
    }

    /**
     * An event of mod_callcenter.
     *
     * @return false when it carries nothing.
     */
    boolean callCenter() {
        if (fields.is(EslKey.ACTION_OF_QUEUE, START) || fields.is(EslKey.ACTION_OF_QUEUE, RESUME)) {
            joined(EslKey.QUEUE);
        } else if (fields.is(EslKey.ACTION_OF_QUEUE, OFFERING)) {
            caller(QueueAction.OFFERED, Reason.NULL_VAL);
        } else if (fields.is(EslKey.ACTION_OF_QUEUE, CONNECTED)) {
            caller(QueueAction.CONNECTED, Reason.NULL_VAL);
            caller(QueueAction.LEFT, Reason.ANSWERED);
        } else if (fields.is(EslKey.ACTION_OF_QUEUE, FAILED)) {
            caller(QueueAction.NOT_ANSWERED, Reason.NULL_VAL);
        } else if (fields.is(EslKey.ACTION_OF_QUEUE, END)) {
            return ended();
        } else {
            return agent();
        }
        return true;
    }

    /**
     * An event of mod_fifo; its leg is the caller's. A caller that is taken out of the line (caller_pop) still waits: who takes the call
     * may be gone before the two are bridged.
     *
     * @return false when it carries nothing.
     */
    boolean fifo() {
        if (fields.is(EslKey.FIFO_ACTION, PUSH)) {
            joined(EslKey.FIFO_NAME);
        } else if (fields.is(EslKey.FIFO_ACTION, BRIDGED)) {
            waiting(QueueAction.CONNECTED, Reason.NULL_VAL);
            waiting(QueueAction.LEFT, Reason.ANSWERED);
        } else if (fields.is(EslKey.FIFO_ACTION, ABORT)) {
            waiting(QueueAction.LEFT, facts.isHungUp() ? Reason.ABANDONED : Reason.LEFT);
        } else if (fields.is(EslKey.FIFO_ACTION, FIFO_TIMEOUT)) {
            waiting(QueueAction.LEFT, Reason.TIMED_OUT);
        } else {
            return false;
        }
        return true;
    }

    /** An answered stay is over already. */
    private boolean ended() {
        if (!fields.is(EslKey.QUEUE_CAUSE, CANCEL)) {
            return false;
        }
        if (facts.isHungUp()) {
            caller(QueueAction.LEFT, Reason.ABANDONED);
        } else {
            final boolean isTimeout = fields.is(EslKey.CANCEL_REASON, TIMEOUT) || fields.is(EslKey.CANCEL_REASON, NO_AGENT_TIMEOUT);
            caller(QueueAction.LEFT, isTimeout ? Reason.TIMED_OUT : Reason.LEFT);
        }
        return true;
    }

    private boolean agent() {
        if (fields.is(EslKey.ACTION_OF_QUEUE, DELETED)) {
            membership(MembershipAction.REMOVED);
        } else if (!fields.is(EslKey.ACTION_OF_QUEUE, STATUS)) {
            return false;
        } else if (fields.is(EslKey.AGENT_STATUS, AVAILABLE) || fields.is(EslKey.AGENT_STATUS, ON_DEMAND)) {
            membership(MembershipAction.ADDED);
            membership(MembershipAction.READY);
        } else if (fields.is(EslKey.AGENT_STATUS, ON_BREAK)) {
            membership(MembershipAction.PAUSED);
        } else if (fields.is(EslKey.AGENT_STATUS, LOGGED_OUT)) {
            membership(MembershipAction.REMOVED);
        } else {
            return false;
        }
        return true;
    }

    private void membership(final MembershipAction action) {
        facts.begin(membership);
        membership.action(action).paused(action == MembershipAction.PAUSED ? YesNo.YES : YesNo.NO);
        facts.extension(EslKey.AGENT);
        facts.none();
        facts.text(EslKey.AGENT);
        facts.none();
        facts.text(EslKey.AGENT_STATUS);
        facts.end();
    }

    private void joined(final int group) {
        begin(QueueAction.JOINED, Reason.NULL_VAL, facts.legState());
        facts.leg();
        facts.text(group);
        facts.none(4);
        facts.end();
    }

    /** The caller is named by its session; the event may show the agent's leg or none. */
    private void caller(final QueueAction action, final Reason reason) {
        begin(action, reason, LegState.NULL_VAL);
        final boolean hasAgent = action == QueueAction.CONNECTED;
        facts.nativeIdAndRemote(EslKey.MEMBER_SESSION,
            hasAgent ? facts.party().extension(fields.offset(EslKey.AGENT), fields.length(EslKey.AGENT)) : 0);
        facts.text(EslKey.QUEUE);
        facts.text(EslKey.AGENT);
        facts.extension(EslKey.AGENT);
        facts.id(EslKey.AGENT_LEG);
        facts.text(EslKey.CANCEL_REASON);
        facts.end();
    }

    private void waiting(final QueueAction action, final Reason reason) {
        begin(action, reason, LegState.NULL_VAL);
        facts.onlyNativeId(EslKey.UNIQUE_ID);
        facts.text(EslKey.FIFO_NAME);
        facts.none(4);
        facts.end();
    }

    private void begin(final QueueAction action, final Reason reason, final LegState state) {
        facts.begin(queue);
        queue.legState(state).legKind(LegKind.DEVICE).action(action).position(QueueEncoder.positionNullValue())
            .waiting(QueueEncoder.waitingNullValue()).holdMs(QueueEncoder.holdMsNullValue()).reason(reason);
    }
}

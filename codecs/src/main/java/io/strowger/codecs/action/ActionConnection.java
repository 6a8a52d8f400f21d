package io.strowger.codecs.action;

import io.strowger.codecs.SignalSink;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.translate.StreamCounters;
import io.strowger.codecs.translate.StreamTranslator;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The connection that carries commands to a call router and brings back what became of them, without its socket.
 *
 * <pre>
 *   connected   send send ...   onBytes onBytes ...   expire ...   disconnected   connected   ...
 * </pre>
 *
 * <p>The owner logs in, asks for the events that decide (each dialect says which), writes out what {@link #send} gives him at once and in
 * order, and brings what arrives. Results are {@code ActionResult} signals: {@code sent} when the call router has accepted an action whose
 * outcome it will tell later, then exactly one of {@code done}, {@code failed}, {@code timed-out} and {@code unknown}. Nothing is ever
 * written a second time.
 *
 * <p>One thread; allocates nothing once the longest block has been met.
 */
public abstract class ActionConnection {
    /** The set of all actions, see {@link #capabilities()}. */
    protected static final int ALL = (1 << (ActionFields.LAST_TEMPLATE - ActionFields.FIRST_TEMPLATE + 1)) - 1;

    private static final byte[] DISCONNECTED = CommandText.constant("the connection was lost");
    private static final byte[] NOTHING_TO_ANSWER = CommandText.constant("nothing to answer: the leg is up, or the server calls it");
    private static final byte[] NO_OUTCOME = CommandText.constant("no outcome was told in time");
    private static final long NS_PER_MS = 1_000_000;

    private final ActionLimits limits;
    private final ActionFields fields = new ActionFields();
    private final ActionIds ids;
    private final PendingActions pending;
    private final ActionResults results;
    private final ActionOutcomes outcomes;
    private final CommandText command;
    private final byte[] ownLeg = new byte[ActionIds.LENGTH];
    private boolean connected;
    private boolean ending;

    /**
     * A connection that is not there yet.
     *
     * @param limits  whose it is.
     * @param epochNs when this run of the router began, in nanoseconds since 1970: another one for each run.
     */
    protected ActionConnection(final ActionLimits limits, final long epochNs) {
        this.limits = limits;
        ids = new ActionIds(epochNs);
        pending = new PendingActions(limits.maxPending());
        results = new ActionResults(limits);
        outcomes = new ActionOutcomes(ids, pending, results);
        command = new CommandText(ids);
    }

    /**
     * The actions that a call router of this kind carries out with these settings, for {@code SourceHello.capabilities}.
     *
     * @return the set {@code Capabilities} of the schema: bit 0 for the first template of an action, and so on.
     */
    public abstract int capabilities();

    /**
     * The set of one action, see {@link #capabilities()}.
     *
     * @param template of the action.
     */
    protected static int bit(final int template) {
        return 1 << (template - ActionFields.FIRST_TEMPLATE);
    }

    /**
     * The connection has come and is logged in.
     *
     * @throws IllegalStateException when the one before has not ended.
     */
    public final void connected() {
        if (connected || ending) {
            throw new IllegalStateException("the connection before has not ended");
        }
        replies().connected(0);
        connected = true;
    }

    /**
     * Writes the command for an action.
     *
     * @param action sequence of the action's record.
     * @param signal holds the action, which has been admitted; it is the caller's again when this returns.
     * @param offset of its header.
     * @param length of the whole signal in bytes.
     * @param nowNs  in nanoseconds since 1970.
     * @param out    takes the command.
     * @param at     where it begins in {@code out}; all that is behind is room.
     * @return length of the command in bytes, or {@link ActionRefusal#code()}: then nothing is pending, and {@code out} holds nothing of
     *         use.
     */
    public final int send(
        final long action, final DirectBuffer signal, final int offset, final int length, final long nowNs,
        final MutableDirectBuffer out, final int at) {
        command.begin(out, at, out.capacity() - at);
        final ActionRefusal refusal = refusal(signal, offset, length, nowNs);
        if (null != refusal) {
            return refusal.code();
        }
        final long number = ids.next();
        final Decider decider = write(fields, command, number);
        if (null != command.refusal()) {
            return command.refusal().code();
        }
        final PendingAction added = pending.add(number, action, fields, decider);
        if (!fields.has(ActionText.NATIVE_ID) && (Decider.CALL == decider || Decider.FAX == decider)) {
            ids.write(number, ownLeg, 0);
            added.leg(ownLeg, 0, ActionIds.LENGTH);
        }
        final boolean hasDeadline = fields.hasDeadline();
        added.limit(hasDeadline ? fields.deadlineNs() : nowNs + limits.longestWaitMs() * NS_PER_MS, hasDeadline);
        return command.length();
    }

    /**
     * Tells that the action for which {@link #send} has just refused to write a command has failed, with the refusal as its text, and the
     * name of the field where it is one that is wrong: {@code bad character: number}.
     *
     * @param action sequence of the action's record.
     * @param code   that {@code send} has returned, negative.
     * @param nowNs  in nanoseconds since 1970.
     * @return false when the sink had no room for results before this one: bring the action to {@code send} again. What the sink has no
     *     room for itself goes with the next results.
     */
    public final boolean refused(final long action, final int code, final long nowNs, final SignalSink sink) {
        if (!outcomes.offer(sink)) {
            return false;
        }
        outcomes.at(nowNs);
        results.addRefused(action, fields, ActionRefusal.of(code), command.refusedField());
        results.offer(sink);
        return true;
    }

    /**
     * Reads what the call router has sent.
     *
     * @param bytes     hold it; they are the caller's again when this returns.
     * @param offset    of the first byte.
     * @param length    how many, may be 0.
     * @param arrivalNs when they arrived, in nanoseconds since 1970.
     * @param sink      takes the results.
     * @return how many bytes were taken; fewer than {@code length} only when the sink refused a result: bring the rest again.
     */
    public final int onBytes(final DirectBuffer bytes, final int offset, final int length, final long arrivalNs, final SignalSink sink) {
        return replies().onBytes(bytes, offset, length, arrivalNs, sink);
    }

    /**
     * Ends the actions whose time is over: {@code timed-out} behind their deadline, {@code unknown} where they had none, {@code failed}
     * where the call router says that it has answered a leg and it does not come up. What is told of them later is counted and changes
     * nothing.
     *
     * @param nowNs in nanoseconds since 1970.
     * @return false when the sink has no room now: call again.
     */
    public final boolean expire(final long nowNs, final SignalSink sink) {
        if (!outcomes.offer(sink)) {
            return false;
        }
        PendingAction next = pending.oldest();
        while (null != next) {
            final PendingAction current = next;
            next = next.newer();
            if (current.limitNs() <= nowNs && !endOverdue(current, nowNs, sink)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The connection is lost: the outcome of each action that waits is {@code unknown}, in the order they were written. Nothing of them is
     * ever written again.
     *
     * @param nowNs in nanoseconds since 1970.
     * @return false when the sink has no room now: call again, until then there is no other connection.
     */
    public final boolean disconnected(final long nowNs, final SignalSink sink) {
        ending |= connected;
        connected = false;
        if (!outcomes.offer(sink)) {
            return false;
        }
        while (null != pending.oldest()) {
            if (!lose(pending.oldest(), ActionStatus.UNKNOWN, DISCONNECTED, nowNs, sink)) {
                return false;
            }
        }
        pending.forgetReplies();
        if (ending) {
            replies().disconnected();
            ending = false;
        }
        return true;
    }

    /** How many actions wait for their outcome. */
    public final int pendingCount() {
        return pending.size();
    }

    /** Replies without an id that belonged to no action that waits, or could have to more than one. */
    public final long unmatchedCount() {
        return outcomes.unmatchedCount();
    }

    /** Replies and events for actions that were over. */
    public final long lateCount() {
        return outcomes.lateCount();
    }

    /** What has been seen of the call router's bytes. */
    public final StreamCounters counters() {
        return replies().counters();
    }

    /** Reads the call router's bytes into the outcomes. */
    protected abstract StreamTranslator replies();

    /**
     * Writes the command for an action, or refuses.
     *
     * @param number of its id.
     * @return what will decide about it; of no use when the command was refused.
     */
    protected abstract Decider write(ActionFields action, CommandText text, long number);

    /** What the replies say. */
    protected final ActionOutcomes outcomes() {
        return outcomes;
    }

    private ActionRefusal refusal(final DirectBuffer signal, final int offset, final int length, final long nowNs) {
        if (!fields.wrap(signal, offset, length, nowNs)) {
            return ActionRefusal.NOT_AN_ACTION;
        }
        if (!connected) {
            return ActionRefusal.NOT_CONNECTED;
        }
        if ((capabilities() & (1 << (fields.templateId() - ActionFields.FIRST_TEMPLATE))) == 0) {
            return ActionRefusal.NOT_SUPPORTED;
        }
        if (Math.max(fields.length(ActionText.CLIENT_ID), fields.length(ActionText.KEY)) > PendingAction.MAX_IDENTITY) {
            return ActionRefusal.TOO_LONG;
        }
        if (fields.hasDeadline() && fields.deadlineNs() <= nowNs) {
            return ActionRefusal.DEADLINE_PASSED;
        }
        return pending.isFull() ? ActionRefusal.PENDING_FULL : null;
    }

    private boolean endOverdue(final PendingAction action, final long nowNs, final SignalSink sink) {
        if (action.isFailedAtLimit()) {
            return lose(action, ActionStatus.FAILED, NOTHING_TO_ANSWER, nowNs, sink);
        }
        return lose(action, action.hasDeadline() ? ActionStatus.TIMED_OUT : ActionStatus.UNKNOWN, NO_OUTCOME, nowNs, sink);
    }

    private boolean lose(
        final PendingAction action, final ActionStatus status, final byte[] reason, final long nowNs, final SignalSink sink) {
        outcomes.at(nowNs);
        outcomes.lost(action, status, reason);
        return results.offer(sink);
    }
}

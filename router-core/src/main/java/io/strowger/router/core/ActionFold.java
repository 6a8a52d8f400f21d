package io.strowger.router.core;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ActionResultEncoder;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.sbe.ClientGrantDecoder;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.codecs.sbe.YesNo;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.record.Outcome;
import io.strowger.router.state.KeyedTable;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Actions: who may ask for them, which source gets them, and how each ends: exactly once.
 *
 * <pre>
 *   asked ──► accepted ──► sent ──► done | failed     by the source that owns it, or the router in its stead
 *     │          │           │
 *     │          └───────────┴────► timed-out         a tick has passed its deadline
 *     │          └───────────┴────► unknown           the source has gone since it got it
 *     └──► failed at once, see {@link ActionFailure}
 * </pre>
 *
 * <p>A tenant has no more actions than its share, see {@link KeptActions}, and none of them waits for longer than 365 days.
 *
 * <p>An action is known by its tenant, client and key from the record that asks for it until its result is forgotten: a repeat is a
 * duplicate, whatever else it says. What was pending when its source went away ends as unknown and is never given to it again; the router
 * cannot know whether it was done. Where both are owed, the going of the source is told, not the deadline.
 */
final class ActionFold {
    private static final int FIRST = SignalLayout.HEADER_LENGTH + SignalLayout.COMMON_BLOCK_LENGTH;
    private static final int DEADLINE = FIRST;
    private static final int RESULT_ACTION = FIRST;
    private static final int RESULT_STATUS = FIRST + 8;
    private static final int GRANT_ACTIONS = FIRST;
    private static final int GRANT_REVOKED = FIRST + 4;
    private static final int RESULT_NATIVE_ID = 0;
    private static final int RESULT_TEXT = 3;
    private static final int CLIENT = 0;
    private static final int USERS = 1;
    private static final int GROUPS = 2;
    /** No action waits longer, whatever deadline it states: nanoseconds from when it is asked for. */
    private static final long LONGEST_NS = 365L * 24 * 3_600 * 1_000_000_000;
    private static final int ACCEPTED = ActionStatus.ACCEPTED.value();
    private static final int SENT = ActionStatus.SENT.value();
    private static final int FAILED = ActionStatus.FAILED.value();
    private static final int TIMED_OUT = ActionStatus.TIMED_OUT.value();
    private static final int UNKNOWN = ActionStatus.UNKNOWN.value();

    private final State state;
    private final EventWriter events;
    private final Actions actions;
    private final KeptActions kept;
    private final ActionLists lists;
    private final ActionTurns turns;
    private final ActionTargets targets;
    private final Session session;
    private final Slice nativeId = new Slice();
    private final Slice text = new Slice();
    private final Slice name = new Slice();
    private final UnsafeBuffer signal = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ActionResultEncoder encoder = new ActionResultEncoder();
    private int rejectReason;

    ActionFold(final State state, final EventWriter events) {
        this.state = state;
        this.events = events;
        this.actions = state.actions();
        this.kept = state.keptActions();
        this.lists = state.actionLists();
        this.turns = state.actionTurns();
        this.targets = new ActionTargets(state);
        this.session = state.sessions().view();
    }

    /** Whether a signal with this template comes from no source: a client asks, or what it may ask for is told. */
    static boolean isFromClient(final int template) {
        return ActionTexts.isAction(template) || ClientGrantDecoder.TEMPLATE_ID == template;
    }

    /** Why the last signal of a client was refused, a code of {@link RejectReason}. */
    int rejectReason() {
        return rejectReason;
    }

    /** Folds a signal that comes from no source. */
    Outcome ofClient(final Fact fact, final int template) {
        if (0 != fact.source()) {
            return rejected(RejectReason.NOT_ALLOWED.value());
        }
        return ClientGrantDecoder.TEMPLATE_ID == template ? granted(fact) : asked(fact, template - ActionTexts.FIRST_TEMPLATE);
    }

    private Outcome rejected(final int reason) {
        rejectReason = reason;
        return Outcome.REJECTED;
    }

    private Outcome granted(final Fact fact) {
        if (!isNamed(fact, CLIENT)) {
            return Outcome.REJECTED;
        }
        final Grants grants = state.grants();
        final int known = grants.find(fact.tenant(), fact, CLIENT);
        if (YesNo.YES.value() == fact.byteAt(GRANT_REVOKED)) {
            if (KeyedTable.MISSING == known) {
                return Outcome.NO_CHANGE;
            }
            grants.remove(known);
            return Outcome.APPLIED;
        }
        final int kinds = fact.intAt(GRANT_ACTIONS);
        if (KeyedTable.MISSING != known) {
            if (grants.is(known, kinds, fact, USERS, GROUPS)) {
                return Outcome.NO_CHANGE;
            }
            if (!grants.set(known, kinds, fact, USERS, GROUPS)) {
                // it may have been more than what is granted now
                grants.remove(known);
                return rejected(RejectReason.CAPACITY.value());
            }
            return Outcome.APPLIED;
        }
        final int made = grants.add(fact.tenant(), fact, CLIENT);
        if (made >= 0 && grants.set(made, kinds, fact, USERS, GROUPS)) {
            return Outcome.APPLIED;
        }
        if (made >= 0) {
            grants.remove(made);
        }
        return rejected(RejectReason.CAPACITY.value());
    }

    /** Whether a grant states no more and no less than what its client may ask for already. */
    boolean isGranted(final Fact fact) {
        final int known = state.grants().find(fact.tenant(), fact, CLIENT);
        return KeyedTable.MISSING != known && YesNo.YES.value() != fact.byteAt(GRANT_REVOKED)
            && state.grants().is(known, fact.intAt(GRANT_ACTIONS), fact, USERS, GROUPS);
    }

    /** Whether a text is 1 to 64 bytes long; states why it is refused if not. */
    private boolean isNamed(final Fact fact, final int index) {
        final int length = fact.textLength(index);
        if (!Actions.isName(length)) {
            rejected(0 == length ? RejectReason.NATIVE_ID_MISSING.value() : RejectReason.NATIVE_ID_TOO_LONG.value());
            return false;
        }
        return true;
    }

    private Outcome asked(final Fact fact, final int kind) {
        final ActionTexts texts = ActionTexts.of(kind);
        if (!isNamed(fact, texts.clientId()) || !isNamed(fact, texts.key())) {
            return Outcome.REJECTED;
        }
        if (KeyedTable.MISSING != actions.find(fact, texts)) {
            return Outcome.DUPLICATE;
        }
        final long deadlineNs = Math.min(fact.longAt(DEADLINE), fact.journalTimeNs() + LONGEST_NS);
        final ActionFailure failure = targets.resolve(fact, kind, deadlineNs);
        final int cost = Actions.cost(targets.nativeId(), targets.user(), targets.group());
        if (!kept.makeRoom(fact.tenant(), cost, fact.journalTimeNs())) {
            return rejected(RejectReason.CAPACITY.value());
        }
        final int slot = actions.add(fact, texts, kind, events.sequence(), deadlineNs);
        if (slot < 0) {
            return rejected(RejectReason.CAPACITY.value());
        }
        if (!actions.about(slot, targets.nativeId(), targets.user(), targets.group())) {
            actions.remove(slot);
            return rejected(RejectReason.CAPACITY.value());
        }
        kept.add(slot);
        actions.source(slot, targets.source());
        if (null == failure) {
            actions.status(slot, ACCEPTED);
            lists.pend(slot);
        } else {
            wrap(failure);
            tell(slot, FAILED, fact);
            kept.ended(slot);
        }
        return Outcome.APPLIED;
    }

    /** Folds what a source says of an action. */
    Outcome result(final Fact fact) {
        final int slot = actions.pending(fact.longAt(RESULT_ACTION));
        if (KeyedTable.MISSING == slot || fact.source() != actions.source(slot) || isOwed(slot)) {
            return Outcome.NO_CHANGE;
        }
        final int status = fact.byteAt(RESULT_STATUS);
        if (SENT == status && ACCEPTED == actions.status(slot)) {
            actions.status(slot, SENT);
            return Outcome.APPLIED;
        }
        if (status <= SENT || status > UNKNOWN) {
            return Outcome.NO_CHANGE;
        }
        nativeId.wrap(fact, RESULT_NATIVE_ID);
        text.wrap(fact, RESULT_TEXT);
        end(slot, status, fact);
        return Outcome.APPLIED;
    }

    /** Whether its end is decided already, and only not written yet. */
    private boolean isOwed(final int slot) {
        return lists.isOwed(slot) || turns.hasPassed(slot);
    }

    /** Whether any end is owed, or results are to be forgotten. */
    boolean owes() {
        return lists.owes() || turns.owes();
    }

    /** Whether a source owes ends; of source 0: whether deadlines have passed, or results are to be forgotten. */
    boolean owes(final int source) {
        return 0 == source ? turns.owes() : Session.NONE != lists.firstOwed(source);
    }

    /** How many ends a source owes. */
    int owedCount(final int source) {
        return lists.owedCount(source);
    }

    /** Source time of what is owed. */
    long owedNs(final int source) {
        return 0 == source ? turns.passedNs() : lists.goneNs(source);
    }

    /** Writes as many owed ends as fit. */
    void pay(final int source, final Fact fact, final BlockWriter out) {
        int slot = owed(source);
        while (Session.NONE != slot && events.count() < Walks.LAST_BEGUN && out.hasRoom()) {
            final boolean hasGone = lists.isOwed(slot);
            wrap(hasGone ? ActionFailure.SOURCE_WENT_DOWN : ActionFailure.NO_RESULT);
            end(slot, hasGone ? UNKNOWN : TIMED_OUT, fact);
            slot = owed(source);
        }
        if (0 == source) {
            turns.forget();
        }
    }

    private int owed(final int source) {
        return 0 == source ? turns.firstPassed() : lists.firstOwed(source);
    }

    private void wrap(final ActionFailure failure) {
        nativeId.clear();
        text.wrap(failure.text(), 0, failure.text().capacity());
    }

    private void end(final int slot, final int status, final Fact fact) {
        tell(slot, status, fact);
        lists.end(slot);
    }

    private void tell(final int slot, final int status, final Fact fact) {
        actions.says(slot, nativeId, text);
        final int source = actions.source(slot);
        actions.nativeId(name, slot);
        final boolean isThere = 0 != source && Session.NONE != state.sessions().findOpen(state.sources().scope(source), name, session);
        events.action(actions, slot, status, isThere ? session.call() : Session.NONE, fact);
        actions.ended(slot, status, events.sequence(), fact.journalTimeNs());
    }

    /** See {@link Core#action}. */
    boolean find(final int tenant, final DirectBuffer client, final int clientOffset, final int clientLength, final DirectBuffer key,
                 final int keyOffset, final int keyLength, final ActionView into) {
        final int slot = actions.find(tenant, client, clientOffset, clientLength, key, keyOffset, keyLength);
        if (KeyedTable.MISSING == slot) {
            return false;
        }
        into.set(actions.sequence(slot), actions.endSequence(slot), actions.kind(slot), actions.status(slot), actions.source(slot));
        actions.nativeId(into.nativeIdSlice(), slot);
        actions.text(into.textSlice(), slot);
        return true;
    }

    /** The source that a pending action was given to, 0 when it is not pending or its end is owed. */
    int ownerOf(final long action) {
        final int slot = actions.pending(action);
        return KeyedTable.MISSING == slot || isOwed(slot) ? 0 : actions.source(slot);
    }

    /** The signal that a pending action has failed, as its source would say it. */
    UnsafeBuffer failure(final long action, final DirectBuffer words, final int offset, final int length, final long timeNs) {
        final int slot = actions.pending(action);
        encoder.wrapAndApplyHeader(signal, 0, header).sourceSequence(Codes.NULL_LONG).sourceTime(timeNs)
            .source(actions.source(slot)).tenant(actions.tenant(slot)).action(action).status(ActionStatus.FAILED)
            .putNativeId(words, offset, 0);
        actions.clientId(name, slot);
        encoder.putClientId(name.buffer(), name.offset(), name.length());
        actions.key(name, slot);
        encoder.putKey(name.buffer(), name.offset(), name.length())
            .putText(words, offset, Math.min(Actions.MAX_TEXT_LENGTH, length));
        return signal;
    }

    int failureLength() {
        return SignalLayout.HEADER_LENGTH + encoder.encodedLength();
    }
}

package io.strowger.router.core;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.sbe.ActionResultDecoder;
import io.strowger.codecs.sbe.AuditDecoder;
import io.strowger.codecs.sbe.ContinueDecoder;
import io.strowger.codecs.sbe.LegSeenDecoder;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.codecs.sbe.RenameDecoder;
import io.strowger.codecs.sbe.SourceBootedDecoder;
import io.strowger.codecs.sbe.SourceDownDecoder;
import io.strowger.codecs.sbe.SourceGapDecoder;
import io.strowger.codecs.sbe.SourceHelloDecoder;
import io.strowger.codecs.sbe.SourceRejectDecoder;
import io.strowger.codecs.sbe.TickDecoder;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.record.Outcome;
import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;
import org.agrona.DirectBuffer;

/**
 * Folds one signal after the other into sessions, calls, users, groups and sources, and writes the records of what followed.
 *
 * <p>Pure: what it writes depends on the signals and their journal times alone. One thread. Allocates nothing after construction, but for
 * {@link #digest()}, {@link #sourceNumber}, {@link #visit}, and the restart of a source whose dead epochs are many.
 */
public final class Core {
    /** Not a tenant: {@link #items} of every tenant. */
    public static final int EVERY_TENANT = StatusItems.EVERY_TENANT;

    private final BlockWriter out;
    private final State state;
    private final Fact fact = new Fact();
    private final EventWriter events;
    private final FactFold facts;
    private final SourceFold sources;
    private final ActionFold actions;
    private final Expiry expiry;
    private final OwedEnds owedEnds;
    private final SessionDigest sessionDigest;
    private final SourceNumbers sourceNumbers;
    private final Lookahead lookahead;
    private final StatusItems items;
    private UserSessions userSessions;
    private int rejectReason;

    /**
     * An empty core.
     *
     * @param settings capacities, and the seed of the keyed hashes.
     * @param out      where records go.
     */
    public Core(final CoreSettings settings, final BlockWriter out) {
        this(settings, out, Lookahead.FEW_SESSIONS);
    }

    /** A core that looks ahead from another number of sessions on, for tests that it changes nothing. */
    Core(final CoreSettings settings, final BlockWriter out, final int fewSessions) {
        this.out = out;
        state = new State(settings);
        events = new EventWriter(out, state);
        final Endings endings = new Endings(state, events);
        final PresenceFold presence = new PresenceFold(state, events);
        sources = new SourceFold(state, events);
        facts = new FactFold(state, events, endings, presence, sources);
        actions = new ActionFold(state, events);
        expiry = new Expiry(state);
        owedEnds = new OwedEnds(state, events, endings, new Walks(state, events, endings, presence, out), actions, out);
        sessionDigest = new SessionDigest(state);
        sourceNumbers = new SourceNumbers(state.sources());
        lookahead = new Lookahead(state, fewSessions);
        items = new StatusItems(state);
    }

    /**
     * Folds one admitted signal: writes its input record and all its derived records to the block writer.
     *
     * @param signal        holds it.
     * @param offset        of its SBE header.
     * @param length        of the whole signal.
     * @param journalTimeNs never less than in the call before.
     * @return why it was refused, a code of {@link RejectReason}; 0 when it was not, and for the record of a refusal before the core.
     */
    public int apply(final DirectBuffer signal, final int offset, final int length, final long journalTimeNs) {
        if (ContinueDecoder.TEMPLATE_ID == SignalLayout.templateId(signal, offset)) {
            owedEnds.pay(journalTimeNs);
            return 0;
        }
        fact.wrap(signal, offset, length, journalTimeNs).likelySession(lookahead.next(fact.sourceSequence()));
        out.beginInput(signal, offset, length, journalTimeNs);
        events.beginInput();
        // what a fold finds no room for is the common refusal; the others say so themselves
        rejectReason = RejectReason.CAPACITY.value();
        final Outcome outcome = fold();
        events.forget();
        if (Outcome.REJECTED != outcome) {
            out.endInput(outcome);
            return 0;
        }
        out.endRejected(rejectReason);
        return SourceRejectDecoder.TEMPLATE_ID == fact.templateId() ? 0 : rejectReason;
    }

    /**
     * Announces a signal that will soon be folded, so that it is folded faster; {@link #warm()} ends the announcement of a few.
     *
     * @param signal admitted, as for {@link #apply}.
     */
    public void expect(final DirectBuffer signal, final int offset, final int length) {
        lookahead.expect(signal, offset, length);
    }

    /** Readies the state for the signals announced. Changes nothing in it. */
    public void warm() {
        lookahead.warm();
    }

    private Outcome fold() {
        final int source = fact.source();
        final int template = fact.templateId();
        if (SourceRejectDecoder.TEMPLATE_ID == template) {
            return rejected(sources.rejected(fact));
        }
        if (TickDecoder.TEMPLATE_ID == template) {
            return expiry.tick(fact);
        }
        if (AuditDecoder.TEMPLATE_ID == template) {
            return 0 == source ? Outcome.NO_CHANGE : rejected(RejectReason.NOT_ALLOWED.value());
        }
        if (ActionFold.isFromClient(template)) {
            final Outcome outcome = actions.ofClient(fact, template);
            return Outcome.REJECTED == outcome ? rejected(actions.rejectReason()) : outcome;
        }
        if (SourceHelloDecoder.TEMPLATE_ID == template) {
            final int refusal = sources.introduce(fact);
            if (SourceFold.INTRODUCED != refusal) {
                return rejected(refusal);
            }
        } else if (!state.sources().isKnown(source)) {
            return rejected(RejectReason.UNKNOWN_SOURCE.value());
        } else if (fact.tenant() != state.sources().tenant(source)) {
            return rejected(RejectReason.NOT_ALLOWED.value());
        }
        final long sequence = fact.sourceSequence();
        if (Codes.NULL_LONG != sequence) {
            if (sequence <= state.sources().lastSequence(source)) {
                return Outcome.DUPLICATE;
            }
            sources.tellMissing(fact);
            state.sources().lastSequence(source, sequence);
        }
        final Outcome outcome = foldSource(template);
        if (null != outcome) {
            return outcome;
        }
        if (!state.sources().isEpochKnown(source)) {
            return Outcome.BEFORE_EPOCH;
        }
        return isCovered(source, template) ? Outcome.COVERED : facts.fold(fact, template);
    }

    /** Another source speaks for the user of a device: only a session that the device has already goes on by its own facts. */
    private boolean isCovered(final int source, final int template) {
        return template >= LegSeenDecoder.TEMPLATE_ID && template <= RenameDecoder.TEMPLATE_ID && state.sources().isCovered(source) &&
            Session.NONE == state.sessions().find(state.sources().scope(source), fact, Fact.NATIVE_ID);
    }

    private Outcome rejected(final int reason) {
        rejectReason = reason;
        return Outcome.REJECTED;
    }

    private Outcome foldSource(final int template) {
        return switch (template) {
            case SourceHelloDecoder.TEMPLATE_ID -> sources.hello(fact);
            case SourceDownDecoder.TEMPLATE_ID -> sources.down(fact);
            case SourceBootedDecoder.TEMPLATE_ID -> sources.booted(fact);
            case SourceGapDecoder.TEMPLATE_ID -> sources.gap(fact);
            case ActionResultDecoder.TEMPLATE_ID -> actions.result(fact);
            default -> null;
        };
    }

    /** Whether ends are owed that {@link #payOwed} would write. */
    public boolean owes() {
        return owedEnds.owes();
    }

    /**
     * Whether a tick at this time would end or forget anything.
     *
     * @param limits        it would name.
     * @param journalTimeNs of the tick.
     */
    public boolean isTickDue(final TickLimits limits, final long journalTimeNs) {
        return expiry.isDue(limits, journalTimeNs);
    }

    /**
     * Writes a tick: what is due by the limits it names is owed its end from now on, or forgotten.
     *
     * @param journalTimeNs never less than in the call before.
     */
    public void tick(final TickLimits limits, final long journalTimeNs) {
        apply(expiry.signal(limits, journalTimeNs), 0, expiry.signalLength(), journalTimeNs);
    }

    /**
     * Finds an action by the key its client gave it.
     *
     * @param tenant of the client.
     * @param client holds the client id.
     * @param key    holds the idempotency key.
     * @param into   is filled when it is known; its texts are good until the next input.
     * @return whether it is known: pending, or ended and still kept.
     */
    public boolean action(final int tenant, final DirectBuffer client, final int clientOffset, final int clientLength,
                          final DirectBuffer key, final int keyOffset, final int keyLength, final ActionView into) {
        return actions.find(tenant, client, clientOffset, clientLength, key, keyOffset, keyLength, into);
    }

    /** The source that a pending action was given to, by the sequence of its record; 0 when none is pending, or its end is owed already. */
    public int ownerOf(final long action) {
        return actions.ownerOf(action);
    }

    /** How often pending actions were over because their source had gone, said hello or restarted. Not part of the state. */
    public long goneCount() {
        return state.actionLists().goneCount();
    }

    /** Sequence of the last action of a source that was over for such a reason, 0 for none. */
    public long goneUpTo(final int source) {
        return state.actionLists().goneUpTo(source);
    }

    /** How many results of actions were forgotten before their time, to make room for others. Not part of the state. */
    public long forgottenEarly() {
        return state.keptActions().forgottenEarly();
    }

    /** Journal time up to which the deadlines of actions have passed. */
    public long deadlinesPassedNs() {
        return state.actionTurns().passedNs();
    }

    /** Shows what each client may ask for, by tenant and client id. Allocates. */
    public void grants(final GrantVisitor visitor) {
        state.grants().visit(visitor);
    }

    /** Whether a client may ask for just what a grant says, an admitted {@code ClientGrant}. */
    public boolean isGranted(final DirectBuffer grant, final int offset, final int length) {
        return actions.isGranted(fact.wrap(grant, offset, length, 0));
    }

    /**
     * Writes the result of a pending action that can't be carried out: failed, as its source would say it.
     *
     * @param action        sequence of its record.
     * @param text          holds the words of the result; at most 256 bytes of them are kept.
     * @param journalTimeNs never less than in the call before.
     * @return false when no such action is pending, and nothing was written.
     */
    public boolean failAction(final long action, final DirectBuffer text, final int textOffset, final int textLength,
                              final long journalTimeNs) {
        if (0 == actions.ownerOf(action)) {
            return false;
        }
        final DirectBuffer signal = actions.failure(action, text, textOffset, textLength, journalTimeNs);
        apply(signal, 0, actions.failureLength(), journalTimeNs);
        return true;
    }

    /**
     * Writes one continue record with as many owed ends as fit (at most 1,024 records).
     *
     * @param journalTimeNs never less than in the call before.
     */
    public void payOwed(final long journalTimeNs) {
        owedEnds.pay(journalTimeNs);
    }

    /**
     * Writes of one source that is up that it is gone: for a router that starts again, to which nobody is connected yet.
     *
     * @param journalTimeNs never less than in the call before.
     * @return false when no source is up any more, and nothing was written.
     */
    public boolean disconnectSource(final long journalTimeNs) {
        for (int source = 1; source <= state.sources().count(); source++) {
            if (state.sources().isUp(source)) {
                final DirectBuffer signal = sources.gone(source, journalTimeNs);
                apply(signal, 0, sources.goneLength(), journalTimeNs);
                return true;
            }
        }
        return false;
    }

    /** Hashes the whole state in canonical order: the same state has the same digest, however it came about. */
    public long digest() {
        return state.digest(sessionDigest);
    }

    /** Last source sequence that was taken from a source; -1 when there was none. */
    public long lastSourceSequence(final int source) {
        return state.sources().isKnown(source) ? state.sources().lastSequence(source) : -1;
    }

    /**
     * Greatest source sequence that a refused signal named which has a record of its own. Whatever stood in its bytes: for streams whose
     * numbers are known to be right.
     *
     * @return -1 when there was none.
     */
    public long lastRejectedSequence(final int source) {
        return state.sources().isKnown(source) ? state.sources().lastRejected(source) : -1;
    }

    /**
     * Finds the number of a tenant's source by its name; a new name gets the next free number, which its hello then makes known.
     *
     * @param name 1 to 1,024 bytes in UTF-8.
     * @return from 1.
     */
    public int sourceNumber(final int tenant, final String name) {
        return sourceNumbers.number(tenant, name);
    }

    /** Writes the whole state in canonical order; only behind an input with all its derived records. Allocates. */
    public void write(final StateOutput output) {
        new StateWriter(state, output).write();
    }

    /**
     * Reads a state that a core with the same capacities has written. Only before the first signal.
     *
     * @throws io.strowger.router.state.StateFormatException when it is not one: the core is then of no use any more.
     */
    public void read(final StateInput input) {
        new StateReader(state, input).read();
    }

    /** Gives all memory of the state back: of no use any more. What is not closed gives it back when it is unreachable. */
    public void close() {
        state.slabs().close();
    }

    /** How many sessions are open, those that are owed an end among them. */
    public int openSessions() {
        return state.sessions().openCount();
    }

    /** Memory of the whole state in bytes, on and off the heap. */
    public long memoryBytes() {
        return state.memoryBytes();
    }

    /** Keeps from now on, beside the state, which sessions each user has: for {@link #userItems}. Only behind {@link #read}. */
    public void indexUsers() {
        userSessions = state.sessions().indexUsers();
    }

    /**
     * Writes what the state holds as {@code SnapshotItem} messages: sources, users, groups, their members, sessions.
     *
     * @param tenant   whose, or {@link #EVERY_TENANT}.
     * @param position stated in each item.
     * @return whether the sink took all; when it refuses one, no more are written.
     */
    public boolean items(final int tenant, final long position, final SignalSink sink) {
        return items.write(tenant, position, sink);
    }

    /**
     * Writes one user and its sessions, at a cost that does not grow with the other users' sessions; only behind {@link #indexUsers}.
     *
     * @param tenant of the user.
     * @param user   its name; for a name that nobody has nothing is written.
     * @return whether all were taken.
     */
    public boolean userItems(final int tenant, final DirectBuffer user, final long position, final SignalSink sink) {
        return items.writeUser(tenant, user, userSessions, position, sink);
    }

    /**
     * Walks the whole state. The views are valid during their call only; the order says nothing.
     */
    public void visit(final StateVisitor visitor) {
        new StateWalk(state).walk(visitor);
    }
}

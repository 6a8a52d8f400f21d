package io.strowger.router.action;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ActionResultDecoder;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.EventType;
import io.strowger.router.core.ActionView;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.EventKeys;
import io.strowger.router.record.Outcome;
import io.strowger.router.record.RecordCursor;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.replay.Fold;
import io.strowger.router.status.RouterCounter;
import io.strowger.router.status.RouterCounters;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Looks at the blocks that are shown, and carries each accepted action to the outlet of its source and each step of it to those who have
 * asked.
 *
 * <pre>
 *   record                                                 source's outlet        handles that have asked with the key
 *   an action, accepted                                    the action             accepted, to one ask that waits for a record
 *   an action, failed at once                                                     failed, to that ask
 *   an action, known before                                                       as it stands, to that ask
 *   a result, sent                                                                sent, to all asks of the action
 *   any, with action.result                                                       the end, to all asks of the action
 * </pre>
 *
 * <p>A record names client and key, not the handle. When two handles of a client ask with one key, the first record is the first to come to
 * any of them: they can't tell, because both hear of the same action.
 *
 * <p>Core thread only. Allocates when handles and outlets come and go, and when more actions are under way at once than ever before.
 */
public final class ActionDesk {
    private static final byte[] UNTAKEN = "source takes no actions".getBytes(StandardCharsets.US_ASCII);
    private static final int RESULT_ACTION_OFFSET = SignalLayout.HEADER_LENGTH + ActionResultDecoder.actionEncodingOffset();
    private static final int EVENT_TYPE_OFFSET = SignalLayout.HEADER_LENGTH + EventDecoder.eventTypeEncodingOffset();
    private static final int EVENT_STATUS_OFFSET = SignalLayout.HEADER_LENGTH + EventDecoder.actionStatusEncodingOffset();
    /** Places of texts in an event. */
    private static final int EVENT_NATIVE_ID = 0;
    private static final int EVENT_BY = 7;
    private static final int EVENT_REFERENCE = 10;
    private static final int EVENT_TEXT = 11;
    private static final int FEW = 1024;

    private final Fold fold;
    private final RouterCounters counters;
    /** Whether the fold may stand further than what is shown. */
    private final boolean isBehind;
    private final RecordCursor records = new RecordCursor();
    private final SignalTexts texts = new SignalTexts();
    private final ActionView view = new ActionView();
    private final ClientTable clients = new ClientTable();
    private final ActionOutlet[] outlets;
    /** By source, of those that have had an outlet. */
    private final OutletMark[] marks;
    private final RefusalTexts refusals = new RefusalTexts();
    private final UnsafeBuffer untakenText = new UnsafeBuffer(UNTAKEN);
    /** Which client hears of an action by its sequence; while it has not ended. */
    private final Long2ObjectHashMap<ClientLines> askers = new Long2ObjectHashMap<>(FEW, 0.5f);
    /** Hash of the key by which it asked, of the same actions. */
    private final Long2LongHashMap askedKeys = new Long2LongHashMap(FEW, 0.5f, 0);
    /** Actions that no connection has taken. */
    private final LongArrayQueue untaken = new LongArrayQueue(FEW, Long.MIN_VALUE);
    private final long forgottenBefore;
    private long shown;
    private long markedGone;
    private long markedPassedNs = Long.MIN_VALUE;

    /**
     * A desk that nobody has come to.
     *
     * @param fold     is asked whose an action is and how it stands.
     * @param sources  greatest number of a source.
     * @param counters written to by the core thread.
     * @param isBehind whether blocks may be shown later than they are folded.
     */
    public ActionDesk(final Fold fold, final int sources, final RouterCounters counters, final boolean isBehind) {
        this.fold = fold;
        this.counters = counters;
        this.isBehind = isBehind;
        this.forgottenBefore = fold.forgottenEarly();
        this.outlets = new ActionOutlet[sources + 1];
        this.marks = new OutletMark[sources + 1];
    }

    /**
     * Sees to it that what is over in the fold comes out of no outlet any more: before a block is shown that may say so.
     */
    public void beforeShown() {
        final long gone = fold.goneCount();
        final long passedNs = fold.deadlinesPassedNs();
        if (markedGone != gone || markedPassedNs != passedNs) {
            markedGone = gone;
            markedPassedNs = passedNs;
            for (int source = 1; source < marks.length; source++) {
                if (null != marks[source]) {
                    marks[source].over(fold.goneUpTo(source), passedNs);
                }
            }
        }
    }

    /**
     * Looks at one block that is shown. One without an action costs a look at its filter.
     *
     * @param block  buffer that holds it.
     * @param offset of its header.
     */
    public void onBlock(final DirectBuffer block, final int offset) {
        if (EventKeys.mayContain(block, offset, EventKeys.action())) {
            // only an action makes others go
            counters.set(RouterCounter.ACTIONS_FORGOTTEN_EARLY, fold.forgottenEarly() - forgottenBefore);
            shown = BlockLayout.firstSequence(block, offset) + BlockLayout.count(block, offset) - 1;
            records.wrap(block, offset);
            while (records.next()) {
                onRecord(block, records.record());
            }
        }
    }

    /** Whether actions must end that no connection has taken. */
    public boolean hasUntaken() {
        return !untaken.isEmpty();
    }

    /**
     * Ends the next action that no connection has taken, if it has no end yet.
     *
     * @param journalTimeNs of its end.
     */
    public void failUntaken(final long journalTimeNs) {
        fold.failAction(untaken.pollLong(), untakenText, 0, UNTAKEN.length, journalTimeNs);
    }

    /**
     * A handle comes. What it may ask for is written when it differs from what was.
     *
     * @param grant what it may ask for.
     * @return 0, or why that was refused: then the handle has not come.
     * @throws IllegalStateException when the client has too many handles, or the grant can't be written now.
     */
    int add(final ActionLine line, final ActionDraft grant, final GrantWriter grants) {
        clients.check(line);
        final int refusal = fold.isGranted(grant.buffer(), 0, grant.length()) ? 0 : grants.write(grant.buffer(), 0, grant.length());
        if (0 == refusal) {
            clients.add(line);
        }
        return refusal;
    }

    /** What each client may ask for, by tenant and client id. */
    List<ActionGrant> grants() {
        final List<ActionGrant> all = new ArrayList<>();
        fold.grants((tenant, clientId, actions, users, groups) -> all.add(new ActionGrant(clientId, tenant, actions, users, groups,
            ActionGrant.WINDOW_DEFAULT, ActionGrant.TIMEOUT_MS_DEFAULT)));
        return all;
    }

    void remove(final ActionLine line) {
        clients.remove(line);
    }

    void add(final ActionOutlet outlet) {
        final int source = outlet.source();
        if (null == marks[source]) {
            marks[source] = new OutletMark();
            marks[source].over(fold.goneUpTo(source), fold.deadlinesPassedNs());
        }
        outlet.mark(marks[source]);
        final ActionOutlet before = outlets[outlet.source()];
        outlets[outlet.source()] = outlet;
        if (null != before) {
            before.replace();
            emptyClosed(before);
        }
    }

    void remove(final ActionOutlet outlet) {
        if (outlets[outlet.source()] == outlet) {
            outlets[outlet.source()] = null;
        }
        emptyClosed(outlet);
    }

    private void emptyClosed(final ActionOutlet outlet) {
        if (outlet.isClosed()) {
            final int before = untaken.size();
            outlet.empty(untaken);
            counters.add(RouterCounter.ACTIONS_UNTAKEN, untaken.size() - before);
        }
    }

    private void onRecord(final DirectBuffer block, final int record) {
        final int signal = record + RecordLayout.SIGNAL_OFFSET;
        final int template = 0 == records.signalLength() ? 0 : SignalLayout.templateId(block, signal);
        final int event = records.eventOffset();
        final boolean isEnd = records.hasEvent() && EventType.ACTION_RESULT.value() == (block.getByte(event + EVENT_TYPE_OFFSET) & 0xFF);
        if (ActionTemplates.isAction(template)) {
            onAsked(block, record, template, isEnd);
        } else if (ActionResultDecoder.TEMPLATE_ID == template && !isEnd
            && Outcome.APPLIED.code() == RecordLayout.outcome(block, record)) {
            onSent(block.getLong(signal + RESULT_ACTION_OFFSET, ByteOrder.LITTLE_ENDIAN));
        }
        if (isEnd) {
            onEnd(block, event);
        }
    }

    private void onAsked(final DirectBuffer block, final int record, final int template, final boolean hasFailed) {
        final int signal = record + RecordLayout.SIGNAL_OFFSET;
        final int outcome = RecordLayout.outcome(block, record);
        if (Outcome.APPLIED.code() == outcome && !hasFailed) {
            deliver(block, signal, records.signalLength(), records.sequence());
        }
        final int client = ActionTemplates.clientText(template);
        texts.wrap(block, signal, client + 2);
        final ClientLines lines = clients.find(SignalLayout.tenant(block, signal), block, texts.offset(client), texts.length(client));
        if (null == lines) {
            return;
        }
        final int key = texts.offset(client + 1);
        final int keyLength = texts.length(client + 1);
        final long hash = AskTable.hash(block, key, keyLength);
        final ActionLine line = lines.waiting(hash, block, key, keyLength);
        if (null == line) {
            return;
        }
        final int entry = lines.waitingEntry();
        if (Outcome.APPLIED.code() == outcome) {
            onTaken(lines, line, entry, hasFailed);
        } else if (Outcome.DUPLICATE.code() == outcome) {
            onRepeated(lines, line, entry, SignalLayout.tenant(block, signal), client);
        } else {
            final DirectBuffer text = refusals.of(RecordLayout.reason(block, record));
            line.tellEnd(entry, 0, ActionStatus.FAILED.value(), null, 0, 0, text, 0, text.capacity());
        }
    }

    /** The first record of an action; where it has failed at once its event follows. */
    private void onTaken(final ClientLines lines, final ActionLine line, final int entry, final boolean hasFailed) {
        if (hasFailed) {
            line.table().stands(entry, records.sequence(), ActionStatus.ACCEPTED.value());
        } else {
            line.tell(entry, records.sequence(), ActionStatus.ACCEPTED.value());
            remember(records.sequence(), lines, entry, line);
        }
    }

    /** How an action stands is told as far as it is shown; what is not shown yet comes in its own record. */
    private void onRepeated(final ClientLines lines, final ActionLine line, final int entry, final int tenant, final int client) {
        final DirectBuffer block = texts.buffer();
        line.table().repeats(entry);
        if (!fold.action(tenant, block, texts.offset(client), texts.length(client), block, texts.offset(client + 1),
            texts.length(client + 1), view)) {
            final DirectBuffer text = refusals.forgotten();
            line.tellEnd(entry, 0, ActionStatus.UNKNOWN.value(), null, 0, 0, text, 0, text.capacity());
        } else if (0 != view.endSequence() && view.endSequence() <= shown) {
            line.tellEnd(entry, view.sequence(), view.status(), view.nativeId(), view.nativeIdOffset(), view.nativeIdLength(), view.text(),
                view.textOffset(), view.textLength());
        } else {
            line.tell(entry, view.sequence(), ActionStatus.ACCEPTED.value());
            if (ActionStatus.SENT.value() == view.status() && !isBehind) {
                line.tell(entry, view.sequence(), ActionStatus.SENT.value());
            }
            remember(view.sequence(), lines, entry, line);
        }
    }

    private void remember(final long action, final ClientLines lines, final int entry, final ActionLine line) {
        final AskTable table = line.table();
        askers.put(action, lines);
        askedKeys.put(action, AskTable.hash(table.keys(), table.keyOffset(entry), table.keyLength(entry)));
    }

    private void forget(final long action) {
        askers.remove(action);
        askedKeys.remove(action);
    }

    private void onSent(final long action) {
        final ClientLines lines = askers.get(action);
        for (int i = 0; null != lines && i < lines.size(); i++) {
            final ActionLine line = lines.get(i);
            final AskTable table = line.table();
            int entry = table.firstTold(askedKeys.get(action), action);
            while (AskTable.NONE != entry) {
                if (action == table.action(entry) && ActionStatus.ACCEPTED.value() == table.status(entry)) {
                    line.tell(entry, action, ActionStatus.SENT.value());
                }
                entry = table.following(entry);
            }
        }
    }

    private void onEnd(final DirectBuffer block, final int event) {
        texts.wrap(block, event, EVENT_TEXT + 1);
        final ClientLines lines = clients.find(SignalLayout.tenant(block, event), block, texts.offset(EVENT_BY), texts.length(EVENT_BY));
        if (null == lines) {
            return;
        }
        final int key = texts.offset(EVENT_REFERENCE);
        final int keyLength = texts.length(EVENT_REFERENCE);
        final long hash = AskTable.hash(block, key, keyLength);
        final int status = block.getByte(event + EVENT_STATUS_OFFSET) & 0xFF;
        boolean isHeard = false;
        for (int i = 0; i < lines.size(); i++) {
            final AskTable table = lines.get(i).table();
            int entry = table.firstTold(hash, block, key, keyLength);
            while (AskTable.NONE != entry) {
                final int next = table.following(entry);
                isHeard = true;
                forget(table.action(entry));
                lines.get(i).tellEnd(entry, table.action(entry), status, block, texts.offset(EVENT_NATIVE_ID),
                    texts.length(EVENT_NATIVE_ID), block, texts.offset(EVENT_TEXT), texts.length(EVENT_TEXT));
                entry = next;
            }
        }
        if (!isHeard && fold.action(SignalLayout.tenant(block, event), block, texts.offset(EVENT_BY), texts.length(EVENT_BY), block, key,
            keyLength, view)) {
            // asked for by a handle that has gone
            forget(view.sequence());
        }
    }

    /** What has ended already in the fold goes nowhere: its end follows. */
    private void deliver(final DirectBuffer block, final int signal, final int length, final long action) {
        final int source = fold.ownerOf(action);
        if (0 == source) {
            return;
        }
        final ActionOutlet outlet = outlets[source];
        if (null != outlet && outlet.isClosed()) {
            remove(outlet);
        } else if (null != outlet && outlet.offer(action, block, signal, length)) {
            return;
        }
        untaken.addLong(action);
        counters.increment(RouterCounter.ACTIONS_UNTAKEN);
    }
}

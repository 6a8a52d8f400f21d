package io.strowger.router.action;

import io.strowger.codecs.sbe.AnswerEncoder;
import io.strowger.codecs.sbe.ForwardCallEncoder;
import io.strowger.codecs.sbe.GenerateCallEncoder;
import io.strowger.codecs.sbe.GroupLogInEncoder;
import io.strowger.codecs.sbe.GroupLogOffEncoder;
import io.strowger.codecs.sbe.HangUpEncoder;
import io.strowger.codecs.sbe.LogInEncoder;
import io.strowger.codecs.sbe.LogOffEncoder;
import io.strowger.codecs.sbe.SendFaxEncoder;
import io.strowger.codecs.sbe.SendSmsEncoder;
import io.strowger.codecs.sbe.StartRecordingEncoder;
import io.strowger.codecs.sbe.StopRecordingEncoder;
import io.strowger.codecs.sbe.TransferCallEncoder;
import io.strowger.codecs.sbe.TransferChatEncoder;
import io.strowger.codecs.sbe.TransferKind;
import io.strowger.router.dispatch.CoreCommands;
import io.strowger.router.status.ReturnCode;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.MessageHandler;

/**
 * A client's handle: asks for actions and hears what became of them.
 *
 * <p>Each ask bears a key of the client's choice, 1 to 64 bytes. The first one with a key is carried out; all later ones, from whatever
 * handle of the client and behind whatever restart, do nothing and are answered alike, as long as the router keeps the result. Each ask
 * that was taken hears its own answers, see {@link ActionAnswerHandler}; those of one ask come in order. What nobody polls waits here, and
 * keeps the handle from asking more than its window, and nobody else from anything.
 *
 * <p>One thread asks, polls and closes. {@link #ask} and {@link #poll} allocate nothing; the methods of single actions, which take text,
 * do. In these every text may be null where the action has none; {@code user} is whose leg it is or who acts, see
 * {@code ops/docs/actions.md}. They return what {@link #ask} returns.
 */
public final class ActionClient implements AutoCloseable {
    private static final long NS_PER_MS = 1_000_000;

    private final ActionGrant grant;
    private final ActionDesk desk;
    private final CoreCommands commands;
    private final EpochNanoClock clock;
    private final ActionLine line;
    private final ActionAdmission admission;
    private final ActionDraft draft;
    private final ActionAnswer answer = new ActionAnswer();
    private final MessageHandler answerHandler = this::onAnswer;
    private ActionAnswerHandler handler;
    private ActionWay way;
    private String sourceName;
    private long timeoutMs;
    /** Asks whose end the ring has room again for. */
    private long ended;
    /** Asks whose end the handler has heard within the read under way: the ring gives their room back when that is over. */
    private long ending;
    /** Within a call of the handler. */
    private boolean isInside;
    private boolean isClosed;

    /**
     * A handle that has no way into the router yet.
     *
     * @param line  that the desk knows.
     * @param clock of deadlines, nanoseconds since 1970.
     */
    ActionClient(final ActionGrant grant, final ActionLine line, final ActionDesk desk, final CoreCommands commands,
                 final EpochNanoClock clock) {
        this.grant = grant;
        this.desk = desk;
        this.commands = commands;
        this.clock = clock;
        this.line = line;
        this.admission = new ActionAdmission(line);
        this.draft = new ActionDraft(grant, line.clientId());
        this.timeoutMs = grant.timeoutMs();
    }

    /** Looks at what goes the way of this handle. */
    ActionAdmission admission() {
        return admission;
    }

    /** What the client may ask for, as a signal. */
    ActionDraft drawGrant() {
        draft.grant(grant, clock.nanoTime());
        return draft;
    }

    /** Has a way from now on. */
    void open(final ActionWay itsWay) {
        way = itsWay;
    }

    /**
     * Deadline of the actions that are asked for from now on, from then; of those in SBE that name none. A fax has
     * {@link ActionGrant#FAX_TIMEOUTS} times that.
     *
     * @param milliseconds from 1 to those of 365 days.
     * @return this.
     */
    public ActionClient timeoutMs(final long milliseconds) {
        if (milliseconds < 1 || milliseconds > ActionGrant.LONGEST_TIMEOUT_MS) {
            throw new IllegalArgumentException("timeoutMs is out of its range: " + milliseconds);
        }
        timeoutMs = milliseconds;
        return this;
    }

    /**
     * The source that carries out what is asked for from now on with the methods of single actions.
     *
     * @param name of it; null: the one that has the session, the user or the group.
     * @return this.
     */
    public ActionClient sourceName(final String name) {
        sourceName = name;
        return this;
    }

    /**
     * Asks for an action.
     *
     * @param buffer holds it, one of the fourteen templates; the caller's again when this returns. Its key counts; client id, tenant,
     *               source and source time are set by the router, and the deadline where it is 0 or the null value of
     *               SBE; any other stays, and one that has passed fails the action.
     * @param offset of its SBE header.
     * @param length of the whole signal.
     * @return the number of this ask, from 1, which its answers bear; {@link ReturnCode#BACK_PRESSURED} when as many asks as the window
     *     are not answered yet (those answered within a poll count until it returns) or the router has no room now;
     *     {@link ReturnCode#CLOSED}; or a code below {@link ReturnCode#REJECTED}
     *     when it is no action, or has no key or too long a one. What is not allowed, or can't be, is an answer.
     */
    public long ask(final DirectBuffer buffer, final int offset, final int length) {
        if (isClosed) {
            return ReturnCode.CLOSED;
        }
        draft.take(buffer, offset, length, clock.nanoTime(), timeoutMs * NS_PER_MS);
        return send();
    }

    /** Rings the user, then calls the number; {@code name} is what its phone shows. */
    public long generateCall(final String key, final String user, final String number, final String name) {
        return finish(draft.begin(GenerateCallEncoder.TEMPLATE_ID, GenerateCallEncoder.BLOCK_LENGTH).key(key).text(user).text(number)
            .text(name));
    }

    /** Answers a ringing leg. */
    public long answer(final String key, final String nativeId, final String user) {
        return finish(draft.begin(AnswerEncoder.TEMPLATE_ID, AnswerEncoder.BLOCK_LENGTH).text(nativeId).key(key).text(user));
    }

    /**
     * Ends a leg.
     *
     * @param causeCode of Q.850, 0 to 127; negative for none.
     */
    public long hangUp(final String key, final String nativeId, final String user, final int causeCode) {
        return finish(draft.begin(HangUpEncoder.TEMPLATE_ID, HangUpEncoder.BLOCK_LENGTH)
            .putShort(HangUpEncoder.causeCodeEncodingOffset(), causeCode < 0 ? HangUpEncoder.causeCodeNullValue() : causeCode)
            .text(nativeId).key(key).text(user));
    }

    /** Sends a leg to a number. */
    public long transferCall(final String key, final String nativeId, final String user, final String number, final TransferKind kind) {
        return finish(draft.begin(TransferCallEncoder.TEMPLATE_ID, TransferCallEncoder.BLOCK_LENGTH)
            .put(TransferCallEncoder.kindEncodingOffset(), kind.value()).text(nativeId).key(key).text(user).text(number));
    }

    /** Sends a ringing leg to a number, or without {@code nativeId} all later calls of the user. */
    public long forwardCall(final String key, final String nativeId, final String user, final String number) {
        return finish(draft.begin(ForwardCallEncoder.TEMPLATE_ID, ForwardCallEncoder.BLOCK_LENGTH).text(nativeId).key(key).text(user)
            .text(number));
    }

    /** Sends a chat to a user or a group. */
    public long transferChat(final String key, final String nativeId, final String user, final String group) {
        return finish(draft.begin(TransferChatEncoder.TEMPLATE_ID, TransferChatEncoder.BLOCK_LENGTH).text(nativeId).key(key).text(user)
            .text(group));
    }

    /** Records a leg; {@code reference} is where. */
    public long startRecording(final String key, final String nativeId, final String reference) {
        return finish(draft.begin(StartRecordingEncoder.TEMPLATE_ID, StartRecordingEncoder.BLOCK_LENGTH).text(nativeId).key(key)
            .text(reference));
    }

    /** Records it no longer. */
    public long stopRecording(final String key, final String nativeId) {
        return finish(draft.begin(StopRecordingEncoder.TEMPLATE_ID, StopRecordingEncoder.BLOCK_LENGTH).text(nativeId).key(key));
    }

    /** The user is at work, at the device. */
    public long logIn(final String key, final String user, final String device) {
        return finish(draft.begin(LogInEncoder.TEMPLATE_ID, LogInEncoder.BLOCK_LENGTH).key(key).text(user).text(device));
    }

    /** The user is gone. */
    public long logOff(final String key, final String user, final String device) {
        return finish(draft.begin(LogOffEncoder.TEMPLATE_ID, LogOffEncoder.BLOCK_LENGTH).key(key).text(user).text(device));
    }

    /** The user takes calls of the group. */
    public long groupLogIn(final String key, final String user, final String group) {
        return finish(draft.begin(GroupLogInEncoder.TEMPLATE_ID, GroupLogInEncoder.BLOCK_LENGTH).key(key).text(user).text(group));
    }

    /** The user takes none any more. */
    public long groupLogOff(final String key, final String user, final String group) {
        return finish(draft.begin(GroupLogOffEncoder.TEMPLATE_ID, GroupLogOffEncoder.BLOCK_LENGTH).key(key).text(user).text(group));
    }

    /** Sends a stored document; {@code reference} is where it is. */
    public long sendFax(final String key, final String user, final String number, final String reference) {
        return finish(draft.begin(SendFaxEncoder.TEMPLATE_ID, SendFaxEncoder.BLOCK_LENGTH).key(key).text(user).text(number)
            .text(reference));
    }

    /** Sends a text. */
    public long sendSms(final String key, final String user, final String number, final String text) {
        return finish(draft.begin(SendSmsEncoder.TEMPLATE_ID, SendSmsEncoder.BLOCK_LENGTH).key(key).text(user).text(number).text(text));
    }

    /**
     * Takes the next answers.
     *
     * @param taker takes each.
     * @param limit          most answers in this call, from 1.
     * @return how many were taken, 0 for none; {@link ReturnCode#CLOSED} when nothing more will come.
     * @throws IllegalArgumentException when the limit is below 1.
     * @throws IllegalStateException    when the handler calls it.
     */
    public int poll(final ActionAnswerHandler taker, final int limit) {
        check(limit, isInside);
        if (isClosed || commands.hasFailed()) {
            return ReturnCode.CLOSED;
        }
        // read before the ring: what is in it behind that is all there will be
        final boolean wasClosed = commands.isClosed();
        handler = taker;
        isInside = true;
        try {
            final int count = read(limit);
            return 0 == count && wasClosed ? ReturnCode.CLOSED : count;
        } finally {
            isInside = false;
        }
    }

    private int read(final int limit) {
        int count = readOnce(limit);
        if (0 == count && line.answers().size() > 0) {
            // a read that meets the padding at the ring's end alone has read nothing
            count = readOnce(limit);
        }
        if (line.isHolding()) {
            commands.offer(line.tellingHeld());
        }
        return count;
    }

    private int readOnce(final int limit) {
        try {
            return line.answers().read(answerHandler, limit);
        } finally {
            ended += ending;
            ending = 0;
        }
    }

    /** What every poll refuses. */
    static void check(final int limit, final boolean isInside) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is out of its range: " + limit);
        }
        if (isInside) {
            throw new IllegalStateException("what comes can't be polled from within its own handler");
        }
    }

    /** How many asks have no end yet that was polled. */
    public int pending() {
        return (int)(admission.asked() - ended - ending);
    }

    /** What it may ask for. */
    public ActionGrant grant() {
        return grant;
    }

    /**
     * Leaves. What was asked for goes its way; nobody is told here any more. On the asking thread, also from within the handler, which is
     * then called no more. Repeated calls do nothing.
     */
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            way.close();
            line.close();
            commands.offer(() -> desk.remove(line));
        }
    }

    private long finish(final ActionDraft written) {
        if (isClosed) {
            return ReturnCode.CLOSED;
        }
        written.text(sourceName).endWithin(clock.nanoTime(), timeoutMs * NS_PER_MS);
        return send();
    }

    private long send() {
        // what ends within the poll under way frees its place when that returns
        if (admission.asked() - ended >= grant.window()) {
            return ReturnCode.BACK_PRESSURED;
        }
        final long code = way.offer(draft.buffer(), 0, draft.length());
        return code > 0 ? admission.asked() : code;
    }

    private void onAnswer(final int type, final MutableDirectBuffer buffer, final int index, final int length) {
        answer.wrap(buffer, index);
        if (answer.isFinal()) {
            ending++;
        }
        if (!isClosed) {
            handler.onAnswer(answer);
        }
    }
}

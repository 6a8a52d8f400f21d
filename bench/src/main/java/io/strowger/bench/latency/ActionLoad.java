package io.strowger.bench.latency;

import io.strowger.bench.load.Traffic;
import io.strowger.codecs.ConnectionFacts;
import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ActionResultEncoder;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.SendSmsEncoder;
import io.strowger.router.Router;
import io.strowger.router.action.ActionAnswer;
import io.strowger.router.action.ActionAnswerHandler;
import io.strowger.router.action.ActionClient;
import io.strowger.router.action.ActionGrant;
import io.strowger.router.action.ActionHandler;
import io.strowger.router.action.ActionOutlet;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.status.ReturnCode;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An application that asks for actions, each by a new key, and the source that carries each out at once. Both on the rig's thread, behind
 * what it sends: an application that has to wait keeps no other source's events waiting. What could not be asked when it was due is asked
 * later; who falls behind by a hundredth of all has missed the rate.
 *
 * <p>An SMS is done when the call router's reply says so: that is its one result. The source may also be one that answers each command
 * twice, when it has it and when it is done, as FreeSWITCH does: then both come at once, more than any call router asks of a router.
 */
final class ActionLoad implements AutoCloseable {
    /** Signals between two asks. */
    static final int SIGNALS_AN_ACTION = 4;

    /** Most actions that are pending or remembered: those of as long as they are kept and until a tick forgets them, and as many again. */
    static final int KEPT = 1 << 18;

    /** For how long a key is remembered, in milliseconds: within a window some are forgotten as others come. */
    static final long KEEP_MS = 1_000;

    private static final String SOURCE_NAME = "gateway";
    private static final int RESULT_ACTION = SignalLayout.HEADER_LENGTH + ActionResultEncoder.actionEncodingOffset();
    private static final int RESULT_STATUS = SignalLayout.HEADER_LENGTH + ActionResultEncoder.statusEncodingOffset();
    private static final String KEY = "12345678";
    /** Fewer than the outlet holds, so that none fails because the source looks late. */
    private static final int WINDOW = 512;
    private static final int LIMIT = 64;
    /** Most asks in one turn: twice as many as are due while the rig sends a burst. */
    private static final int ASKS = 8;
    private static final int PARTS = 100;

    private final UnsafeBuffer action = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
    private final UnsafeBuffer result = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
    private final ActionHandler actionHandler = this::onAction;
    private final ActionAnswerHandler answerHandler = this::onAnswer;
    private final Router router;
    private final Channel results;
    private final ActionOutlet outlet;
    private final ActionClient client;
    private final int actionLength;
    private final int keyOffset;
    private final int resultLength;
    private final boolean saysSent;
    private long sentFor;
    private long due;
    private long asked;
    private long ended;
    private long notDone;

    /**
     * Connects both.
     *
     * @param router   that numbers its sources for this and for the traffic.
     * @param timeNs   of the source's hello, nanoseconds since 1970.
     * @param saysSent whether the source says of each action that it was sent before it says that it is done.
     */
    ActionLoad(final Router router, final long timeNs, final boolean saysSent) {
        this.router = router;
        this.saysSent = saysSent;
        final int source = router.sourceNumber(Traffic.TENANT, SOURCE_NAME);
        results = router.openChannel();
        outlet = router.openOutlet(source);
        final boolean isIn = new ConnectionFacts(source, Traffic.TENANT, SOURCE_NAME, "sbe").capabilities(ActionGrant.ALL_ACTIONS)
            .connected(0, timeNs, true, results.asSink());
        if (!isIn) {
            throw new IllegalStateException("no room for the hello of " + SOURCE_NAME);
        }
        client = router.openActions(ActionGrant.of("bench", Traffic.TENANT).withWindow(WINDOW));
        final SendSmsEncoder sms = new SendSmsEncoder();
        sms.wrapAndApplyHeader(action, 0, new MessageHeaderEncoder()).deadline(0);
        keyOffset = SignalLayout.HEADER_LENGTH + SendSmsEncoder.BLOCK_LENGTH + Short.BYTES + Short.BYTES;
        sms.clientId("").key(KEY).user("101").number("5551234567").text("your table is ready").sourceName(SOURCE_NAME);
        actionLength = MessageHeaderEncoder.ENCODED_LENGTH + sms.encodedLength();
        final ActionResultEncoder encoder = new ActionResultEncoder();
        encoder.wrapAndApplyHeader(result, 0, new MessageHeaderEncoder())
            .sourceSequence(ActionResultEncoder.sourceSequenceNullValue()).sourceTime(timeNs).source(source).tenant(Traffic.TENANT);
        encoder.nativeId("").clientId("").key("").text("");
        resultLength = MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    /** For results. */
    static String settings(final boolean saysSent) {
        return "an action for every " + SIGNALS_AN_ACTION + "th signal, by a new key each, to a source that answers "
            + (saysSent ? "sent and done" : "done") + "; asked later when the application has to wait, and never before the signal";
    }

    /** So many actions are to be asked for by now. */
    void due(final long actions) {
        due = actions;
    }

    /** Whether fewer were asked for than were due: by more than a hundredth of them, and than one turn makes up for. */
    boolean isBehind() {
        return due - asked > Math.max(ASKS, due / PARTS);
    }

    /** Asks for what is due, carries out what has come to the source, and hears what has become of the asks. */
    void turn() {
        int asks = 0;
        while (asks < ASKS && asked < due && ask()) {
            asks++;
        }
        outlet.poll(actionHandler, LIMIT);
        client.poll(answerHandler, LIMIT);
    }

    private boolean ask() {
        action.putLong(keyOffset, asked, ByteOrder.LITTLE_ENDIAN);
        final long code = client.ask(action, 0, actionLength);
        if (code > 0) {
            asked++;
            return true;
        }
        if (ReturnCode.BACK_PRESSURED != code) {
            throw new IllegalStateException("an action is answered " + ReturnCode.toString(code), router.failure());
        }
        return false;
    }

    /** Whether all that was due was asked for, and has ended. */
    boolean isThrough() {
        return due == asked && asked == ended;
    }

    /**
     * What it has sent so far.
     *
     * @return signals of a hello, of each ask and its results.
     * @throws IllegalStateException when an action was not done.
     */
    long signals() {
        if (0 != notDone || !isThrough()) {
            throw new IllegalStateException("due " + due + ", asked " + asked + ", ended " + ended + ", not done " + notDone);
        }
        return 1 + (saysSent ? 3 : 2) * asked;
    }

    @Override
    public void close() {
        client.close();
        outlet.close();
        results.close();
    }

    private boolean onAction(final long number, final DirectBuffer signal, final int offset, final int length) {
        if (saysSent && sentFor != number && !tell(number, ActionStatus.SENT)) {
            return false;
        }
        sentFor = number;
        return tell(number, ActionStatus.DONE);
    }

    private boolean tell(final long number, final ActionStatus status) {
        result.putLong(RESULT_ACTION, number, ByteOrder.LITTLE_ENDIAN);
        result.putByte(RESULT_STATUS, (byte)status.value());
        return results.offer(result, 0, resultLength) > 0;
    }

    private void onAnswer(final ActionAnswer answer) {
        if (answer.isFinal()) {
            ended++;
            notDone += ActionStatus.DONE == answer.status() ? 0 : 1;
        }
    }
}

package io.strowger.codecs.ami;

import io.strowger.codecs.action.ActionOutcomes;
import io.strowger.codecs.action.CommandText;
import io.strowger.codecs.action.Decider;
import io.strowger.codecs.action.PendingAction;
import io.strowger.codecs.translate.AsciiText;
import io.strowger.codecs.translate.NameTable;
import io.strowger.codecs.translate.StreamCounters;
import io.strowger.codecs.translate.StreamCounters.Counter;
import io.strowger.codecs.translate.StreamTranslator;
import java.util.Arrays;
import java.util.List;

/**
 * Reads what an Asterisk server says on the connection of the commands.
 *
 * <pre>
 *   Response: Success + ActionID     accepted: done, or sent when something else decides
 *   Response: Error   + ActionID     failed, Message is the reason
 *   Event: OriginateResponse         the call attempt of that ActionID: Response Success or Failure with a Reason
 *   Event: SendFAX                   the fax of the leg: its pages
 *   Event: AttendedTransfer          the transfer that the leg was told to do: its Result
 *   Event: Newstate, Hangup          the leg that was told to answer: up, or gone
 * </pre>
 *
 * <p>The order of the lines does not count, nor does any event of another id. A reply without an id belongs to an action only when it is
 * nothing but a reply and no other action can be meant. One thread; allocates nothing once the longest block has been met.
 */
final class AmiReplies extends StreamTranslator {
    private static final int ORIGINATE_RESPONSE = 0;
    private static final int SEND_FAX = 1;
    private static final int ATTENDED_TRANSFER = 2;
    private static final int NEW_STATE = 3;
    private static final int HANGUP = 4;
    private static final List<String> NAMES = List.of("OriginateResponse", "SendFAX", "AttendedTransfer", "Newstate", "Hangup");
    private static final NameTable TABLE = new NameTable(NAMES);
    private static final int UP = 6;

    private static final byte[] SUCCESS = CommandText.constant("success");
    private static final byte[] ERROR = CommandText.constant("error");
    private static final byte[] FAILURE = CommandText.constant("failure");
    private static final byte[] UNKNOWN = CommandText.constant("<unknown>");
    private static final byte[] CALL_FAILED = CommandText.constant("call failed, reason ");
    private static final byte[] NO_PAGE = CommandText.constant("no page was sent");
    private static final byte[] LOCAL = CommandText.constant("local/");
    private static final byte[] REFUSED = CommandText.constant("refused");
    private static final int MOST_REASON = 64;

    private final AmiFramer framer;
    private final AmiBlock block;
    private final ActionOutcomes outcomes;
    private final byte[] reason = new byte[MOST_REASON];
    private final byte[] context;

    /**
     * A reader of one connection.
     *
     * @param context of the dialplan that legs are transferred in.
     */
    AmiReplies(final ActionOutcomes outcomes, final String context) {
        this(outcomes, context, new AmiFramer(false, AmiSettings.DEFAULT_MAX_BLOCK_LENGTH));
    }

    private AmiReplies(final ActionOutcomes outcomes, final String context, final AmiFramer framer) {
        super(framer, outcomes.buffer(), new StreamCounters(NAMES));
        this.outcomes = outcomes;
        this.framer = framer;
        this.block = new AmiBlock(false);
        this.context = CommandText.constant('@' + context + '-');
    }

    @Override
    protected void translate() {
        if (framer.isTooLong()) {
            counters().add(Counter.TOO_LARGE);
            return;
        }
        switch (framer.kind()) {
            case EVENT, RESPONSE -> block();
            case BANNER -> counters().add(Counter.BANNERS);
            case FOLLOWS -> counters().add(Counter.RESPONSES);
            case TEXT -> counters().add(Counter.TEXT_REPLIES);
            default -> { }
        }
    }

    @Override
    protected boolean translateMore() {
        return outcomes.tellMore();
    }

    private void block() {
        counters().add(Counter.BLOCKS);
        block.load(framer.block(), framer.blockOffset(), framer.shownLength());
        block.parse();
        outcomes.at(arrivalNs());
        final int event = block.find(AmiKey.EVENT);
        if (event >= 0) {
            event(TABLE.find(block.bytes(), block.valueOffset(event), block.valueLength(event)));
        } else {
            counters().add(Counter.RESPONSES);
            response();
        }
    }

    private void response() {
        final PendingAction action = asked();
        if (null == action || !action.isWaiting()) {
            return;
        }
        if (block.is(AmiKey.RESPONSE, SUCCESS)) {
            accepted(action);
        } else if (block.is(AmiKey.RESPONSE, ERROR)) {
            failed(action, AmiKey.MESSAGE, REFUSED);
        }
    }

    private PendingAction asked() {
        final int id = block.find(AmiKey.ACTION_ID);
        if (id >= 0) {
            return outcomes.replied(block.bytes(), block.valueOffset(id), block.valueLength(id));
        }
        if (isOnlyReply()) {
            return outcomes.onlyWaiting();
        }
        outcomes.unmatched();
        return null;
    }

    /** A reply that says more (Events, Ping, a list) is one to something else than these commands. */
    private boolean isOnlyReply() {
        return block.has(AmiKey.RESPONSE) && block.count() == (block.has(AmiKey.MESSAGE) ? 2 : 1);
    }

    private void accepted(final PendingAction action) {
        switch (action.decider()) {
            case REPLY -> outcomes.done(action);
            default -> outcomes.sent(action);
        }
    }

    private void event(final int name) {
        if (name >= 0) {
            counters().addEvent(name);
        }
        switch (name) {
            case ORIGINATE_RESPONSE -> originated();
            case SEND_FAX -> faxed();
            case ATTENDED_TRANSFER -> transferred();
            case NEW_STATE -> changed();
            case HANGUP -> ended();
            default -> counters().add(Counter.NOISE);
        }
    }

    private void originated() {
        final int id = block.find(AmiKey.ACTION_ID);
        final PendingAction action = id < 0 ? null : outcomes.find(block.bytes(), block.valueOffset(id), block.valueLength(id));
        if (null == action || (action.decider() != Decider.CALL && action.decider() != Decider.FAX)) {
            return;
        }
        if (block.is(AmiKey.RESPONSE, FAILURE)) {
            callFailed(action);
            return;
        }
        if (!block.is(AmiKey.RESPONSE, SUCCESS)) {
            return;
        }
        final int leg = block.find(AmiKey.of(AmiKey.NONE, AmiKey.UNIQUEID));
        if (leg >= 0 && !block.is(AmiKey.of(AmiKey.NONE, AmiKey.UNIQUEID), UNKNOWN)) {
            outcomes.leg(action, block.bytes(), block.valueOffset(leg), block.valueLength(leg));
        }
        if (Decider.CALL == action.decider()) {
            outcomes.done(action);
        } else {
            outcomes.sent(action);
        }
    }

    private void callFailed(final PendingAction action) {
        final int number = block.find(AmiKey.REASON);
        final int length = number < 0 ? 0 : Math.min(block.valueLength(number), MOST_REASON - CALL_FAILED.length);
        System.arraycopy(CALL_FAILED, 0, reason, 0, CALL_FAILED.length);
        if (length > 0) {
            System.arraycopy(block.bytes(), block.valueOffset(number), reason, CALL_FAILED.length, length);
        }
        outcomes.failed(action, reason, 0, CALL_FAILED.length + length);
    }

    private void faxed() {
        final PendingAction action = ofLeg(Decider.FAX, AmiKey.NONE);
        if (null != action) {
            if (block.number(AmiKey.PAGES, 0) > 0) {
                outcomes.done(action);
            } else {
                outcomes.failed(action, NO_PAGE);
            }
        }
    }

    /** The event comes behind the reply: what is told before is somebody else's. */
    private void transferred() {
        final PendingAction action = ofLeg(Decider.ATTENDED_TRANSFER, AmiKey.ORIG_TRANSFERER);
        if (null == action || action.isWaiting() || isBySecondLeg() || isToAnother(action)) {
            return;
        }
        if (block.is(AmiKey.RESULT, SUCCESS)) {
            outcomes.done(action);
        } else {
            failed(action, AmiKey.RESULT, REFUSED);
        }
    }

    /** A phone that transfers has a second leg to whom it asks; a leg that is told to has none. */
    private boolean isBySecondLeg() {
        final int first = block.find(AmiKey.of(AmiKey.ORIG_TRANSFERER, AmiKey.UNIQUEID));
        final int second = block.find(AmiKey.of(AmiKey.SECOND_TRANSFERER, AmiKey.UNIQUEID));
        return second >= 0 && !Arrays.equals(block.bytes(), block.valueOffset(first), block.valueOffset(first) + block.valueLength(first),
            block.bytes(), block.valueOffset(second), block.valueOffset(second) + block.valueLength(second));
    }

    /**
     * The number is dialled in the context by a leg that bears both in its name, as long as the server needs it:
     *
     * <pre>
     *   Local/102@internal-0000002a;1
     * </pre>
     */
    private boolean isToAnother(final PendingAction action) {
        final int target = block.find(AmiKey.of(AmiKey.TRANSFER_TARGET, AmiKey.CHANNEL));
        if (target < 0 || !block.begins(AmiKey.of(AmiKey.TRANSFER_TARGET, AmiKey.CHANNEL), LOCAL)) {
            return false;
        }
        final int from = block.valueOffset(target) + LOCAL.length;
        final int end = block.valueOffset(target) + block.valueLength(target);
        int at = from;
        while (at < end && '@' != block.bytes()[at]) {
            at++;
        }
        return isInContext(at, end) && !action.isTo(block.bytes(), from, at);
    }

    /** Whether our context and the leg's own number are all that follows: another context may begin like ours. */
    private boolean isInContext(final int from, final int end) {
        final byte[] bytes = block.bytes();
        final int number = from + context.length;
        if (number > end || !Arrays.equals(bytes, from, number, context, 0, context.length)) {
            return false;
        }
        int at = number;
        while (at < end && AsciiText.hex(bytes[at]) >= 0) {
            at++;
        }
        return at > number && at + 2 == end && ';' == bytes[at] && AsciiText.isDigit(bytes[at + 1]);
    }

    private void changed() {
        if (block.number(AmiKey.of(AmiKey.NONE, AmiKey.STATE), -1) == UP) {
            final int leg = block.find(AmiKey.of(AmiKey.NONE, AmiKey.UNIQUEID));
            if (leg >= 0) {
                outcomes.answered(block.bytes(), block.valueOffset(leg), block.valueLength(leg));
            }
        }
    }

    private void ended() {
        final int leg = block.find(AmiKey.of(AmiKey.NONE, AmiKey.UNIQUEID));
        final int cause = block.find(AmiKey.CAUSE_TEXT);
        if (leg < 0) {
            return;
        }
        final int from = cause < 0 ? 0 : block.valueOffset(cause);
        final int to = cause < 0 ? 0 : from + block.valueLength(cause);
        outcomes.unanswered(block.bytes(), block.valueOffset(leg), block.valueLength(leg), block.bytes(), from, to);
        final PendingAction action = ofLeg(Decider.FAX, AmiKey.NONE);
        if (null != action) {
            failed(action, AmiKey.CAUSE_TEXT, REFUSED);
        }
    }

    private PendingAction ofLeg(final Decider decider, final int prefix) {
        final int leg = block.find(AmiKey.of(prefix, AmiKey.UNIQUEID));
        return leg < 0 ? null : outcomes.onlyOfLeg(decider, block.bytes(), block.valueOffset(leg), block.valueLength(leg));
    }

    private void failed(final PendingAction action, final int key, final byte[] otherwise) {
        final int field = block.find(key);
        if (field < 0 || block.valueLength(field) == 0) {
            outcomes.failed(action, otherwise);
        } else {
            outcomes.failed(action, block.bytes(), block.valueOffset(field), block.valueLength(field));
        }
    }
}

package io.strowger.codecs.esl;

import io.strowger.codecs.action.ActionOutcomes;
import io.strowger.codecs.action.CommandText;
import io.strowger.codecs.action.Decider;
import io.strowger.codecs.action.PendingAction;
import io.strowger.codecs.translate.AsciiText;
import io.strowger.codecs.translate.StreamCounters;
import io.strowger.codecs.translate.StreamCounters.Counter;
import io.strowger.codecs.translate.StreamTranslator;
import java.util.List;

/**
 * Reads what a FreeSWITCH server says on the connection of the commands; events may be plain or JSON.
 *
 * <pre>
 *   command/reply, Job-UUID      +OK: sent; else failed
 *   BACKGROUND_JOB, Job-UUID     body +OK or Sent: done, or sent when the leg decides; else failed, the body is the reason
 *   spandsp::txfaxresult         the fax of the leg: fax-success 1 or not
 *   CHANNEL_ANSWER, _HANGUP      the leg that was to be answered: up, or gone
 *   CHANNEL_DESTROY              the leg of a fax of which no result was told: its document was not there, or nobody was
 * </pre>
 *
 * <p>A refusal without a job id belongs to an action only when no other can be meant. One thread; allocates nothing once the longest frame
 * has been met.
 */
final class EslReplies extends StreamTranslator {
    private static final int EVENT_NAME = 0;
    private static final int SUBCLASS = 1;
    private static final int JOB = 2;
    private static final int LEG = 3;
    private static final int LENGTH = 4;
    private static final int BODY = 5;
    private static final int REPLY = 6;
    private static final int FAX_SUCCESS = 7;
    private static final int FAX_TEXT = 8;
    private static final int CAUSE = 9;
    private static final List<String> NAMES = List.of(
        "Event-Name", "Event-Subclass", "Job-UUID", "Unique-ID", "Content-Length", "_body", "Reply-Text", "fax-success", "fax-result-text",
        "Hangup-Cause");

    private static final byte[] BACKGROUND_JOB = CommandText.constant("BACKGROUND_JOB");
    private static final byte[] CHANNEL_ANSWER = CommandText.constant("CHANNEL_ANSWER");
    private static final byte[] CHANNEL_HANGUP = CommandText.constant("CHANNEL_HANGUP");
    private static final byte[] CHANNEL_DESTROY = CommandText.constant("CHANNEL_DESTROY");
    private static final byte[] TXFAXRESULT = CommandText.constant("spandsp::txfaxresult");
    private static final byte[] OK = CommandText.constant("+ok");
    private static final byte[] SENT = CommandText.constant("sent");
    private static final byte[] ONE = CommandText.constant("1");
    private static final byte[] REFUSED = CommandText.constant("refused");

    private final EslFramer framer;
    private final EslFields fields = new EslFields(NAMES);
    private final JsonScanner json = new JsonScanner();
    private final ActionOutcomes outcomes;

    EslReplies(final ActionOutcomes outcomes) {
        this(outcomes, new EslFramer(EslSettings.DEFAULT_MAX_FRAME_LENGTH));
    }

    private EslReplies(final ActionOutcomes outcomes, final EslFramer framer) {
        super(framer, outcomes.buffer(), new StreamCounters(List.of()));
        this.outcomes = outcomes;
        this.framer = framer;
    }

    @Override
    protected void translate() {
        counters().add(Counter.BLOCKS);
        if (framer.isTooLong() || framer.isMalformed()) {
            counters().add(framer.isTooLong() ? Counter.TOO_LARGE : Counter.MALFORMED);
            return;
        }
        outcomes.at(arrivalNs());
        final byte[] bytes = framer.bytes();
        final int body = framer.bodyOffset();
        switch (framer.kind()) {
            case COMMAND_REPLY -> {
                counters().add(Counter.RESPONSES);
                if (PlainScanner.parse(fields, bytes, 0, body, BODY, LENGTH)) {
                    reply();
                }
            }
            case EVENT_PLAIN -> event(PlainScanner.parse(fields, bytes, body, framer.bodyLength(), BODY, LENGTH));
            case EVENT_JSON -> event(json.parse(fields, bytes, body, body + framer.bodyLength()) > 0);
            default -> { }
        }
    }

    @Override
    protected boolean translateMore() {
        return outcomes.tellMore();
    }

    private void reply() {
        final boolean isAccepted = begins(REPLY, OK);
        PendingAction action = null;
        if (fields.has(JOB)) {
            action = outcomes.replied(fields.bytes(), fields.offset(JOB), fields.length(JOB));
        } else if (isAccepted) {
            outcomes.unmatched();
        } else {
            action = outcomes.onlyWaiting();
        }
        if (null == action || !action.isWaiting()) {
            return;
        }
        if (isAccepted) {
            outcomes.sent(action);
        } else {
            failed(action, REPLY);
        }
    }

    private void event(final boolean isGood) {
        if (!isGood) {
            counters().add(Counter.MALFORMED);
        } else if (fields.is(EVENT_NAME, BACKGROUND_JOB)) {
            job();
        } else if (fields.is(SUBCLASS, TXFAXRESULT)) {
            fax();
        } else if (fields.is(EVENT_NAME, CHANNEL_ANSWER)) {
            outcomes.answered(fields.bytes(), fields.offset(LEG), fields.length(LEG));
        } else if (fields.is(EVENT_NAME, CHANNEL_HANGUP)) {
            final int cause = fields.offset(CAUSE);
            outcomes.unanswered(
                fields.bytes(), fields.offset(LEG), fields.length(LEG), fields.bytes(), cause, cause + fields.length(CAUSE));
        } else if (fields.is(EVENT_NAME, CHANNEL_DESTROY)) {
            destroyed();
        } else {
            counters().add(Counter.NOISE);
        }
    }

    /** The application of the leg has ended before, and what it had to tell is told. */
    private void destroyed() {
        final PendingAction action = ofLeg(Decider.FAX);
        if (null != action) {
            failed(action, CAUSE);
        }
    }

    private void job() {
        final PendingAction action = outcomes.find(fields.bytes(), fields.offset(JOB), fields.length(JOB));
        if (null == action) {
            return;
        }
        final boolean isDone = begins(BODY, OK) || AsciiText.equalsIgnoringCase(
            fields.bytes(), fields.offset(BODY), fields.length(BODY), SENT);
        if (!isDone) {
            failed(action, BODY);
        } else if (Decider.REPLY == action.decider() || Decider.CALL == action.decider()) {
            outcomes.done(action);
        } else if (Decider.SERVER_ANSWER == action.decider()) {
            outcomes.answeredNothing(action);
        } else {
            outcomes.sent(action);
        }
    }

    private void fax() {
        final PendingAction action = ofLeg(Decider.FAX);
        if (null != action) {
            if (fields.is(FAX_SUCCESS, ONE)) {
                outcomes.done(action);
            } else {
                failed(action, FAX_TEXT);
            }
        }
    }

    private PendingAction ofLeg(final Decider decider) {
        return fields.has(LEG) ? outcomes.onlyOfLeg(decider, fields.bytes(), fields.offset(LEG), fields.length(LEG)) : null;
    }

    private void failed(final PendingAction action, final int field) {
        if (fields.has(field)) {
            outcomes.failed(action, fields.bytes(), fields.offset(field), fields.length(field));
        } else {
            outcomes.failed(action, REFUSED);
        }
    }

    private boolean begins(final int field, final byte[] word) {
        return AsciiText.beginsIgnoringCase(fields.bytes(), fields.offset(field), fields.length(field), word);
    }
}

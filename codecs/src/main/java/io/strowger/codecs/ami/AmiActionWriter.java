package io.strowger.codecs.ami;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.action.ActionFields;
import io.strowger.codecs.action.ActionRefusal;
import io.strowger.codecs.action.ActionText;
import io.strowger.codecs.action.CommandText;
import io.strowger.codecs.action.Decider;
import io.strowger.codecs.action.FieldTemplate;
import io.strowger.codecs.action.TextRule;
import io.strowger.codecs.sbe.AnswerDecoder;
import io.strowger.codecs.sbe.ForwardCallDecoder;
import io.strowger.codecs.sbe.GenerateCallDecoder;
import io.strowger.codecs.sbe.GroupLogInDecoder;
import io.strowger.codecs.sbe.GroupLogOffDecoder;
import io.strowger.codecs.sbe.HangUpDecoder;
import io.strowger.codecs.sbe.SendFaxDecoder;
import io.strowger.codecs.sbe.SendSmsDecoder;
import io.strowger.codecs.sbe.StartRecordingDecoder;
import io.strowger.codecs.sbe.StopRecordingDecoder;
import io.strowger.codecs.sbe.TransferCallDecoder;

/**
 * Writes the AMI action for an action.
 *
 * <pre>
 *   Action: Hangup CR LF ActionID: &lt;id&gt; CR LF Channel: 1795624246.41 CR LF CR LF
 * </pre>
 *
 * <p>A leg is named by its Uniqueid: where Asterisk looks for a channel it takes either. A header is a line of at most 1,024 bytes with its
 * end. A comma separates what Asterisk passes on to an application (a recording's file, a fax's document), an ampersand devices and
 * documents, an equals sign a variable from its value: none of these passes a rule in such a place. One thread; allocates nothing.
 */
final class AmiActionWriter {
    private static final int MAX_LINE = 1024;
    /** The server keeps 79 bytes of a device's name and cuts the rest: a longer user would be another one. */
    private static final int MAX_USER = 64;
    private static final int MAX_NAME = 120;
    private static final int MAX_PATH = 240;
    private static final TextRule WORD = TextRule.of("+*#._-", "+*#_", CommandText.MAX_WORD);
    private static final TextRule USER = TextRule.of("+*#._-", "+*#_", MAX_USER);
    private static final TextRule GROUP = TextRule.of("+*#._-@", "+*#_", CommandText.MAX_WORD);
    private static final TextRule LEG = TextRule.of("._-+:", "", SignalLayout.MAX_NATIVE_ID_LENGTH);
    private static final TextRule PATH = TextRule.path(MAX_PATH);
    private static final TextRule NAME = TextRule.of(TextRule.allBut("\"<>\\"), TextRule.allBut("\"<>\\ "), MAX_NAME);
    /** The server skips spaces in front of a value. */
    private static final TextRule BODY = TextRule.of(TextRule.ALL_SIGNS, TextRule.allBut(" "), MAX_LINE);

    private static final byte[] LINE_END = CommandText.constant("\r\n");
    private static final byte[] ACTION = CommandText.constant("Action: ");
    private static final byte[] ACTION_ID = CommandText.constant("ActionID: ");
    private static final byte[] CHANNEL = CommandText.constant("Channel: ");
    private static final byte[] CHANNEL_ID = CommandText.constant("ChannelId: ");
    private static final byte[] EXTEN = CommandText.constant("Exten: ");
    private static final byte[] CALLER_ID = CommandText.constant("CallerID: ");
    private static final byte[] CAUSE = CommandText.constant("Cause: ");
    private static final byte[] FILE = CommandText.constant("File: ");
    private static final byte[] DATA = CommandText.constant("Data: ");
    private static final byte[] QUEUE = CommandText.constant("Queue: ");
    private static final byte[] INTERFACE = CommandText.constant("Interface: ");
    private static final byte[] KEY = CommandText.constant("Key: ");
    private static final byte[] VAL = CommandText.constant("Val: ");
    private static final byte[] TO = CommandText.constant("To: ");
    private static final byte[] FROM = CommandText.constant("From: ");
    private static final byte[] BODY_HEADER = CommandText.constant("Body: ");
    private static final byte[] PAUSED = CommandText.constant("Paused: true");
    private static final byte[] READY = CommandText.constant("Paused: false");
    private static final byte[] TIMEOUT = CommandText.constant("Timeout: ");
    private static final byte[] TALK = CommandText.constant("Variable: Event=talk");
    private static final byte[] PRIORITY = CommandText.constant("Priority: 1");
    private static final byte[] ASYNC = CommandText.constant("Async: true");
    private static final byte[] SEND_FAX = CommandText.constant("Application: SendFAX");

    private static final byte[] ORIGINATE = CommandText.constant("Originate");
    private static final byte[] NOTIFY = CommandText.constant("PJSIPNotify");
    private static final byte[] HANGUP = CommandText.constant("Hangup");
    private static final byte[] REDIRECT = CommandText.constant("Redirect");
    private static final byte[] BLIND_TRANSFER = CommandText.constant("BlindTransfer");
    private static final byte[] ATXFER = CommandText.constant("Atxfer");
    private static final byte[] PARK = CommandText.constant("Park");
    private static final byte[] DB_PUT = CommandText.constant("DBPut");
    private static final byte[] MIX_MONITOR = CommandText.constant("MixMonitor");
    private static final byte[] STOP_MIX_MONITOR = CommandText.constant("StopMixMonitor");
    private static final byte[] QUEUE_ADD = CommandText.constant("QueueAdd");
    private static final byte[] QUEUE_REMOVE = CommandText.constant("QueueRemove");
    private static final byte[] QUEUE_PAUSE = CommandText.constant("QueuePause");
    private static final byte[] MESSAGE_SEND = CommandText.constant("MessageSend");

    private final FieldTemplate device;
    private final FieldTemplate trunk;
    private final FieldTemplate messageTo;
    private final FieldTemplate messageFrom;
    private final byte[] context;
    private final int ringTimeoutMs;
    private final byte[] recordingFolder;
    private final byte[] recordingFormat;
    private final byte[] faxFolder;
    private final byte[] forwardFamily;
    private final byte[] parkNumber;
    private final byte[] parkingLot;
    private final boolean isStatic;

    AmiActionWriter(final AmiActionSettings settings) {
        device = settings.device();
        trunk = settings.trunk();
        messageTo = settings.messageTo();
        messageFrom = settings.messageFrom();
        context = CommandText.constant("Context: " + settings.context());
        ringTimeoutMs = settings.ringTimeoutMs();
        recordingFolder = CommandText.constant(settings.recordingFolder() + '/');
        recordingFormat = CommandText.constant('.' + settings.recordingFormat());
        faxFolder = CommandText.constant(settings.faxFolder() + '/');
        forwardFamily = CommandText.constant("Family: " + settings.forwardFamily());
        parkNumber = CommandText.constant(settings.parkNumber());
        parkingLot = CommandText.constant("Parkinglot: " + settings.parkingLot());
        isStatic = settings.membership() == AmiActionSettings.Membership.STATIC;
    }

    /** Writes the AMI action, or refuses; says what will decide about it. */
    Decider write(final ActionFields action, final CommandText text, final long number) {
        final Decider decider = switch (action.templateId()) {
            case GenerateCallDecoder.TEMPLATE_ID -> generateCall(action, text, number);
            case AnswerDecoder.TEMPLATE_ID -> answer(action, text, number);
            case HangUpDecoder.TEMPLATE_ID -> hangUp(action, text, number);
            case TransferCallDecoder.TEMPLATE_ID -> transfer(action, text, number);
            case ForwardCallDecoder.TEMPLATE_ID -> forward(action, text, number);
            case StartRecordingDecoder.TEMPLATE_ID -> startRecording(action, text, number);
            case StopRecordingDecoder.TEMPLATE_ID -> ofLeg(STOP_MIX_MONITOR, action, text, number);
            case GroupLogInDecoder.TEMPLATE_ID -> member(isStatic ? QUEUE_PAUSE : QUEUE_ADD, READY, action, text, number);
            case GroupLogOffDecoder.TEMPLATE_ID -> member(isStatic ? QUEUE_PAUSE : QUEUE_REMOVE, PAUSED, action, text, number);
            case SendFaxDecoder.TEMPLATE_ID -> fax(action, text, number);
            case SendSmsDecoder.TEMPLATE_ID -> message(action, text, number);
            default -> refused(text);
        };
        end(text);
        return decider;
    }

    private Decider generateCall(final ActionFields action, final CommandText text, final long number) {
        begin(ORIGINATE, text, number);
        end(text.put(CHANNEL).put(device, action, ActionText.USER, USER));
        end(text.put(context));
        end(text.put(EXTEN).put(action, ActionText.NUMBER, WORD));
        end(text.put(PRIORITY));
        text.put(CALLER_ID);
        if (action.has(ActionText.NAME)) {
            text.put('"').put(action, ActionText.NAME, NAME).put('"').put(' ');
        }
        end(text.put('<').put(action, ActionText.NUMBER, WORD).put('>'));
        endOriginate(action, text, number);
        return Decider.CALL;
    }

    private Decider answer(final ActionFields action, final CommandText text, final long number) {
        ofLeg(NOTIFY, action, text, number);
        end(text.put(TALK));
        return Decider.ANSWER;
    }

    private Decider hangUp(final ActionFields action, final CommandText text, final long number) {
        ofLeg(HANGUP, action, text, number);
        if (action.hasCause()) {
            end(text.put(CAUSE).cause(action));
        }
        return Decider.REPLY;
    }

    /** A user's leg leaves and its partner goes on to the number; a leg without a user goes itself. */
    private Decider transfer(final ActionFields action, final CommandText text, final long number) {
        if (action.isAttended()) {
            toNumber(ATXFER, action, text, number);
            return Decider.ATTENDED_TRANSFER;
        }
        if (action.has(ActionText.USER)) {
            return toNumber(BLIND_TRANSFER, action, text, number);
        }
        if (parkNumber.length > 0 && action.is(ActionText.NUMBER, parkNumber)) {
            ofLeg(PARK, action, text, number);
            end(text.put(parkingLot));
            return Decider.REPLY;
        }
        return redirect(action, text, number);
    }

    /** The calling leg of a ringing call goes to the number; a user's own ringing leg can't be sent anywhere, his later calls can. */
    private Decider forward(final ActionFields action, final CommandText text, final long number) {
        if (!action.has(ActionText.NATIVE_ID)) {
            begin(DB_PUT, text, number);
            end(text.put(forwardFamily));
            end(text.put(KEY).put(action, ActionText.USER, USER));
            end(text.put(VAL).put(action, ActionText.NUMBER, WORD));
            return Decider.REPLY;
        }
        return action.has(ActionText.USER) ? refused(text) : redirect(action, text, number);
    }

    private Decider redirect(final ActionFields action, final CommandText text, final long number) {
        toNumber(REDIRECT, action, text, number);
        end(text.put(PRIORITY));
        return Decider.REPLY;
    }

    private Decider startRecording(final ActionFields action, final CommandText text, final long number) {
        ofLeg(MIX_MONITOR, action, text, number);
        text.put(FILE).put(recordingFolder);
        if (action.has(ActionText.REFERENCE)) {
            text.put(action, ActionText.REFERENCE, PATH);
        } else {
            text.putId(number);
        }
        end(action.hasEnding(ActionText.REFERENCE) ? text : text.put(recordingFormat));
        return Decider.REPLY;
    }

    private Decider member(
        final byte[] name, final byte[] state, final ActionFields action, final CommandText text, final long number) {
        begin(name, text, number);
        end(text.put(QUEUE).put(action, ActionText.GROUP, GROUP));
        end(text.put(INTERFACE).put(device, action, ActionText.USER, USER));
        if (isStatic) {
            end(text.put(state));
        }
        return Decider.REPLY;
    }

    private Decider fax(final ActionFields action, final CommandText text, final long number) {
        begin(ORIGINATE, text, number);
        end(text.put(CHANNEL).put(trunk, action, ActionText.NUMBER, WORD));
        end(text.put(SEND_FAX));
        end(text.put(DATA).put(faxFolder).put(action, ActionText.REFERENCE, PATH));
        if (action.has(ActionText.USER)) {
            end(text.put(CALLER_ID).put('<').put(action, ActionText.USER, USER).put('>'));
        }
        endOriginate(action, text, number);
        return Decider.FAX;
    }

    private Decider message(final ActionFields action, final CommandText text, final long number) {
        begin(MESSAGE_SEND, text, number);
        end(text.put(TO).put(messageTo, action, ActionText.NUMBER, WORD));
        if (action.has(ActionText.USER)) {
            end(text.put(FROM).put(messageFrom, action, ActionText.USER, USER));
        }
        end(text.put(BODY_HEADER).put(action, ActionText.TEXT, BODY));
        return Decider.REPLY;
    }

    private void endOriginate(final ActionFields action, final CommandText text, final long number) {
        end(text.put(TIMEOUT).put(action.attemptMs(ringTimeoutMs)));
        end(text.put(ASYNC));
        end(text.put(CHANNEL_ID).putId(number));
    }

    private Decider toNumber(final byte[] name, final ActionFields action, final CommandText text, final long number) {
        ofLeg(name, action, text, number);
        end(text.put(context));
        end(text.put(EXTEN).put(action, ActionText.NUMBER, WORD));
        return Decider.REPLY;
    }

    private static Decider ofLeg(final byte[] name, final ActionFields action, final CommandText text, final long number) {
        begin(name, text, number);
        end(text.put(CHANNEL).put(action, ActionText.NATIVE_ID, LEG));
        return Decider.REPLY;
    }

    private static void begin(final byte[] name, final CommandText text, final long number) {
        end(text.put(ACTION).put(name));
        end(text.put(ACTION_ID).putId(number));
    }

    private static void end(final CommandText text) {
        text.endLine(LINE_END, MAX_LINE);
    }

    private static Decider refused(final CommandText text) {
        text.refuse(ActionRefusal.NOT_SUPPORTED);
        return Decider.REPLY;
    }
}

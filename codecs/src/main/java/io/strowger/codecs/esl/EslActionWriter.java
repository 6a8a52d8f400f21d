package io.strowger.codecs.esl;

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
import io.strowger.codecs.sbe.LogInDecoder;
import io.strowger.codecs.sbe.LogOffDecoder;
import io.strowger.codecs.sbe.SendFaxDecoder;
import io.strowger.codecs.sbe.SendSmsDecoder;
import io.strowger.codecs.sbe.StartRecordingDecoder;
import io.strowger.codecs.sbe.StopRecordingDecoder;
import io.strowger.codecs.sbe.TransferCallDecoder;

/**
 * Writes the background command for an action, with a job id of its own.
 *
 * <pre>
 *   bgapi uuid_kill 11111111-2222-3333-4444-555555555555 17 LF
 *   Job-UUID: &lt;id&gt; LF
 *   LF
 * </pre>
 *
 * <p>The server splits a command at spaces, a list of variables at commas, a chat at bars, a dial string at commas and bars, a database key
 * at slashes; it reads quotes, backslashes, braces, dollars and colons. None of these passes a rule where it would be read, but for quotes
 * and backslashes in the text of a message, which are escaped. A word never begins with a hyphen, else it would be an option, and a number
 * to be called is never {@code undef}, which stands for no number at all and ends the server. One thread; allocates nothing.
 */
final class EslActionWriter {
    private static final int MAX_NAME = 120;
    private static final int MAX_PATH = 240;
    private static final int MAX_TEXT = 1024;
    private static final TextRule WORD = TextRule.of("+*#._-", "+*#_", CommandText.MAX_WORD);
    private static final TextRule GROUP = TextRule.of("._-@", "_", CommandText.MAX_WORD);
    private static final TextRule LEG = TextRule.of("._-", "", SignalLayout.MAX_NATIVE_ID_LENGTH);
    private static final TextRule PATH = TextRule.path(MAX_PATH);
    private static final TextRule NAME = TextRule.of(" .-_&()+#*/@!?", ".-_&()+#*/@!?", MAX_NAME);
    private static final TextRule BODY = TextRule.of(TextRule.allBut("|"), TextRule.allBut("|"), MAX_TEXT);

    private static final byte[] BGAPI = CommandText.constant("bgapi ");
    private static final byte[] JOB = CommandText.constant("\nJob-UUID: ");
    private static final byte[] END = CommandText.constant("\n\n");
    private static final byte[] ORIGINATE = CommandText.constant("originate {origination_uuid=");
    private static final byte[] CALLER_NAME = CommandText.constant(",origination_caller_id_name='");
    private static final byte[] CALLER_NUMBER = CommandText.constant(",origination_caller_id_number=");
    private static final byte[] KILL = CommandText.constant("uuid_kill ");
    private static final byte[] ANSWER = CommandText.constant("uuid_answer ");
    private static final byte[] PHONE_EVENT = CommandText.constant("uuid_phone_event ");
    private static final byte[] TALK = CommandText.constant(" talk");
    private static final byte[] TRANSFER = CommandText.constant("uuid_transfer ");
    private static final byte[] PARTNER = CommandText.constant(" -bleg ");
    private static final byte[] BROADCAST = CommandText.constant("uuid_broadcast ");
    private static final byte[] ATT_XFER = CommandText.constant(" att_xfer::");
    private static final byte[] OWN_LEG = CommandText.constant(" aleg");
    private static final byte[] DB_INSERT = CommandText.constant("db insert/");
    private static final byte[] RECORD = CommandText.constant("uuid_record ");
    private static final byte[] START = CommandText.constant(" start ");
    private static final byte[] STOP_ALL = CommandText.constant(" stop all");
    private static final byte[] STATUS = CommandText.constant("callcenter_config agent set status ");
    private static final byte[] AVAILABLE = CommandText.constant(" 'Available'");
    private static final byte[] LOGGED_OUT = CommandText.constant(" 'Logged Out'");
    private static final byte[] TIER_ADD = CommandText.constant("callcenter_config tier add ");
    private static final byte[] TIER_PLACE = CommandText.constant(" 1 1");
    private static final byte[] TIER_DEL = CommandText.constant("callcenter_config tier del ");
    private static final byte[] UNDEF = CommandText.constant("undef");
    private static final byte[] RING_TIMEOUT = CommandText.constant(",originate_timeout=");
    private static final byte[] NO_EARLY_MEDIA = CommandText.constant(",ignore_early_media=true}");
    private static final byte[] TXFAX = CommandText.constant(" &txfax(");
    private static final byte[] CHAT = CommandText.constant("chat ");
    private static final byte[] PLAIN = CommandText.constant("|text/plain");

    private final FieldTemplate device;
    private final FieldTemplate trunk;
    private final FieldTemplate attendedTarget;
    private final FieldTemplate agent;
    private final FieldTemplate queue;
    private final FieldTemplate messageTo;
    private final FieldTemplate messageFrom;
    private final byte[] dialplan;
    private final int ringTimeoutSeconds;
    private final byte[] recordingFolder;
    private final byte[] recordingFormat;
    private final byte[] faxFolder;
    private final byte[] forwardRealm;
    private final byte[] messageProtocol;

    EslActionWriter(final EslActionSettings settings) {
        device = settings.device();
        trunk = settings.trunk();
        attendedTarget = settings.attendedTarget();
        agent = settings.agent();
        queue = settings.queue();
        messageTo = settings.messageTo();
        messageFrom = settings.messageFrom();
        dialplan = CommandText.constant(' ' + settings.dialplan() + ' ' + settings.context());
        ringTimeoutSeconds = settings.ringTimeoutSeconds();
        recordingFolder = CommandText.constant(settings.recordingFolder() + '/');
        recordingFormat = CommandText.constant('.' + settings.recordingFormat());
        faxFolder = CommandText.constant(settings.faxFolder() + '/');
        forwardRealm = CommandText.constant(settings.forwardRealm() + '/');
        messageProtocol = CommandText.constant(settings.messageProtocol() + '|');
    }

    /** Writes the command, or refuses; says what will decide about it. */
    Decider write(final ActionFields action, final CommandText text, final long number) {
        text.put(BGAPI);
        final Decider decider = switch (action.templateId()) {
            case GenerateCallDecoder.TEMPLATE_ID -> generateCall(action, text, number);
            case AnswerDecoder.TEMPLATE_ID -> answer(action, text);
            case HangUpDecoder.TEMPLATE_ID -> hangUp(action, text);
            case TransferCallDecoder.TEMPLATE_ID -> transfer(action, text);
            case ForwardCallDecoder.TEMPLATE_ID -> forward(action, text);
            case StartRecordingDecoder.TEMPLATE_ID -> startRecording(action, text, number);
            case StopRecordingDecoder.TEMPLATE_ID -> {
                leg(RECORD, action, text).put(STOP_ALL);
                yield Decider.REPLY;
            }
            case LogInDecoder.TEMPLATE_ID -> {
                agent(STATUS, action, text).put(AVAILABLE);
                yield Decider.REPLY;
            }
            case LogOffDecoder.TEMPLATE_ID -> {
                agent(STATUS, action, text).put(LOGGED_OUT);
                yield Decider.REPLY;
            }
            case GroupLogInDecoder.TEMPLATE_ID -> {
                tier(TIER_ADD, action, text).put(TIER_PLACE);
                yield Decider.REPLY;
            }
            case GroupLogOffDecoder.TEMPLATE_ID -> {
                tier(TIER_DEL, action, text);
                yield Decider.REPLY;
            }
            case SendFaxDecoder.TEMPLATE_ID -> fax(action, text, number);
            case SendSmsDecoder.TEMPLATE_ID -> message(action, text);
            default -> refused(text);
        };
        text.put(JOB).putId(number).put(END);
        return decider;
    }

    private Decider generateCall(final ActionFields action, final CommandText text, final long number) {
        if (action.isIgnoringCase(ActionText.NUMBER, UNDEF)) {
            text.refuse(ActionRefusal.BAD_CHARACTER, ActionText.NUMBER);
        }
        text.put(ORIGINATE).putId(number);
        if (action.has(ActionText.NAME)) {
            text.put(CALLER_NAME).put(action, ActionText.NAME, NAME).put('\'');
        }
        ringing(action, text.put(CALLER_NUMBER).put(action, ActionText.NUMBER, WORD));
        text.put(device, action, ActionText.USER, WORD).put(' ').put(action, ActionText.NUMBER, WORD).put(dialplan);
        return Decider.CALL;
    }

    /** A user's phone is told to answer; a leg that came to the server is answered by it. */
    private static Decider answer(final ActionFields action, final CommandText text) {
        if (action.has(ActionText.USER)) {
            leg(PHONE_EVENT, action, text).put(TALK);
            return Decider.ANSWER;
        }
        leg(ANSWER, action, text);
        return Decider.SERVER_ANSWER;
    }

    private static Decider hangUp(final ActionFields action, final CommandText text) {
        leg(KILL, action, text);
        if (action.hasCause()) {
            text.put(' ').cause(action);
        }
        return Decider.REPLY;
    }

    /** A user's leg leaves and its partner goes on to the number; a leg without a user goes itself. */
    private Decider transfer(final ActionFields action, final CommandText text) {
        if (action.isAttended()) {
            leg(BROADCAST, action, text).put(ATT_XFER).put(attendedTarget, action, ActionText.NUMBER, WORD).put(OWN_LEG);
            return Decider.ATTENDED_TRANSFER;
        }
        leg(TRANSFER, action, text);
        return toNumber(action, action.has(ActionText.USER) ? text.put(PARTNER) : text.put(' '));
    }

    /** The calling leg of a ringing call goes to the number; a user's own ringing leg can't be sent anywhere, his later calls can. */
    private Decider forward(final ActionFields action, final CommandText text) {
        if (!action.has(ActionText.NATIVE_ID)) {
            text.put(DB_INSERT).put(forwardRealm).put(action, ActionText.USER, WORD).put('/');
            text.put(action, ActionText.NUMBER, WORD);
            return Decider.REPLY;
        }
        return action.has(ActionText.USER) ? refused(text) : toNumber(action, leg(TRANSFER, action, text).put(' '));
    }

    private Decider toNumber(final ActionFields action, final CommandText text) {
        text.put(action, ActionText.NUMBER, WORD).put(dialplan);
        return Decider.REPLY;
    }

    private Decider startRecording(final ActionFields action, final CommandText text, final long number) {
        leg(RECORD, action, text).put(START).put(recordingFolder);
        if (action.has(ActionText.REFERENCE)) {
            text.put(action, ActionText.REFERENCE, PATH);
        } else {
            text.putId(number);
        }
        if (!action.hasEnding(ActionText.REFERENCE)) {
            text.put(recordingFormat);
        }
        return Decider.REPLY;
    }

    /** The server counts whole seconds: less than one is one. */
    private CommandText ringing(final ActionFields action, final CommandText text) {
        final long seconds = Math.max(1, action.attemptMs(ringTimeoutSeconds * 1_000L) / 1_000);
        return text.put(RING_TIMEOUT).put(seconds).put(NO_EARLY_MEDIA);
    }

    private Decider fax(final ActionFields action, final CommandText text, final long number) {
        text.put(ORIGINATE).putId(number);
        if (action.has(ActionText.USER)) {
            text.put(CALLER_NUMBER).put(action, ActionText.USER, WORD);
        }
        ringing(action, text).put(trunk, action, ActionText.NUMBER, WORD);
        text.put(TXFAX).put(faxFolder).put(action, ActionText.REFERENCE, PATH).put(')');
        return Decider.FAX;
    }

    private Decider message(final ActionFields action, final CommandText text) {
        text.put(CHAT).put(messageProtocol).put(messageFrom, action, ActionText.USER, WORD).put('|');
        text.put(messageTo, action, ActionText.NUMBER, WORD).put('|').putEscaped(action, ActionText.TEXT, BODY);
        text.put(PLAIN);
        return Decider.REPLY;
    }

    private CommandText tier(final byte[] name, final ActionFields action, final CommandText text) {
        text.put(name);
        if (action.contains(ActionText.GROUP, '@')) {
            text.put(action, ActionText.GROUP, GROUP);
        } else {
            text.put(queue, action, ActionText.GROUP, GROUP);
        }
        return text.put(' ').put(agent, action, ActionText.USER, WORD);
    }

    private CommandText agent(final byte[] name, final ActionFields action, final CommandText text) {
        return text.put(name).put(agent, action, ActionText.USER, WORD);
    }

    private static CommandText leg(final byte[] name, final ActionFields action, final CommandText text) {
        return text.put(name).put(action, ActionText.NATIVE_ID, LEG);
    }

    private static Decider refused(final CommandText text) {
        text.refuse(ActionRefusal.NOT_SUPPORTED);
        return Decider.REPLY;
    }
}

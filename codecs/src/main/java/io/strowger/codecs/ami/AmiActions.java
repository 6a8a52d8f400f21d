package io.strowger.codecs.ami;

import io.strowger.codecs.action.ActionConnection;
import io.strowger.codecs.action.ActionFields;
import io.strowger.codecs.action.CommandText;
import io.strowger.codecs.action.Decider;
import io.strowger.codecs.sbe.AnswerDecoder;
import io.strowger.codecs.sbe.LogInDecoder;
import io.strowger.codecs.sbe.LogOffDecoder;
import io.strowger.codecs.sbe.SendFaxDecoder;
import io.strowger.codecs.sbe.TransferChatDecoder;
import io.strowger.codecs.translate.StreamTranslator;

/**
 * The connection that carries actions to an Asterisk server.
 *
 * <p>Its owner logs in as a user who may write (originate, call, agent, message, system) and read class {@code call}, with events on: the
 * events OriginateResponse, SendFAX, AttendedTransfer, Newstate and Hangup decide, all others may be filtered away. His own requests bear
 * ActionIDs of his own.
 */
public final class AmiActions extends ActionConnection {
    private final AmiActionWriter writer;
    private final AmiReplies replies;
    private final int capabilities;

    /**
     * A connection that is not there yet.
     *
     * @param settings how actions become commands.
     * @param epochNs  when this run of the router began, in nanoseconds since 1970: another one for each run.
     */
    public AmiActions(final AmiActionSettings settings, final long epochNs) {
        super(settings.limits(), epochNs);
        writer = new AmiActionWriter(settings);
        replies = new AmiReplies(outcomes(), settings.context());
        capabilities = ALL & ~bit(TransferChatDecoder.TEMPLATE_ID) & ~bit(LogInDecoder.TEMPLATE_ID) & ~bit(LogOffDecoder.TEMPLATE_ID) &
            ~(settings.answersByNotify() ? 0 : bit(AnswerDecoder.TEMPLATE_ID)) &
            ~(null == settings.trunk() ? bit(SendFaxDecoder.TEMPLATE_ID) : 0);
    }

    @Override
    public int capabilities() {
        return capabilities;
    }

    @Override
    protected StreamTranslator replies() {
        return replies;
    }

    @Override
    protected Decider write(final ActionFields action, final CommandText text, final long number) {
        return writer.write(action, text, number);
    }
}

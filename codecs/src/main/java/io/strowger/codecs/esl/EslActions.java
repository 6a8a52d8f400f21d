package io.strowger.codecs.esl;

import io.strowger.codecs.action.ActionConnection;
import io.strowger.codecs.action.ActionFields;
import io.strowger.codecs.action.CommandText;
import io.strowger.codecs.action.Decider;
import io.strowger.codecs.sbe.SendFaxDecoder;
import io.strowger.codecs.sbe.TransferChatDecoder;
import io.strowger.codecs.translate.StreamTranslator;

/**
 * The connection that carries actions to a FreeSWITCH server.
 *
 * <p>Its owner authenticates and sends {@link #SUBSCRIPTION} before the first action, or the same for JSON. Behind that he sends nothing
 * else on it: replies to other commands have no id.
 */
public final class EslActions extends ActionConnection {
    /** The command that asks for the events which decide about actions. */
    public static final String SUBSCRIPTION = "event plain BACKGROUND_JOB CHANNEL_ANSWER CHANNEL_HANGUP CHANNEL_DESTROY CUSTOM"
        + " spandsp::txfaxresult\n\n";

    private final EslActionWriter writer;
    private final EslReplies replies;
    private final int capabilities;

    /**
     * A connection that is not there yet.
     *
     * @param settings how actions become commands.
     * @param epochNs  when this run of the router began, in nanoseconds since 1970: another one for each run.
     */
    public EslActions(final EslActionSettings settings, final long epochNs) {
        super(settings.limits(), epochNs);
        writer = new EslActionWriter(settings);
        replies = new EslReplies(outcomes());
        capabilities = ALL & ~bit(TransferChatDecoder.TEMPLATE_ID) & ~(null == settings.trunk() ? bit(SendFaxDecoder.TEMPLATE_ID) : 0);
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

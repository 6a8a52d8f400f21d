package io.strowger.codecs.action;

import io.strowger.codecs.sbe.ActionResultEncoder;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.translate.FactBuffer;

/**
 * Writes results of actions and keeps them until the sink has taken them. They have no source sequence: they come on a connection of their
 * own, beside the numbered stream of the source.
 */
final class ActionResults extends FactBuffer {
    private final ActionResultEncoder result = new ActionResultEncoder();

    ActionResults(final ActionLimits limits) {
        super(limits.source(), limits.tenant());
    }

    /** Begins with the results of a moment. */
    void start(final long nowNs) {
        startFacts(0, 0, nowNs, WIDE);
    }

    /** Writes one: the text is cut at 256 bytes. */
    void add(final PendingAction pending, final ActionStatus status, final byte[] text, final int offset, final int length) {
        begin(result);
        result.sourceSequence(ActionResultEncoder.sourceSequenceNullValue()).action(pending.action()).status(status);
        raw(pending.nativeId(), 0, pending.nativeIdLength());
        raw(pending.clientId(), 0, pending.clientIdLength());
        raw(pending.key(), 0, pending.keyLength());
        text(text, offset, length);
        end();
    }
}

package io.strowger.codecs.action;

import io.strowger.codecs.sbe.ActionResultEncoder;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.translate.FactBuffer;

/**
 * Writes results of actions and keeps them until the sink has taken them. They have no source sequence: they come on a connection of their
 * own, beside the numbered stream of the source.
 */
final class ActionResults extends FactBuffer {
    /** By the code, negated; then by the place of the field that is wrong, last where there is none. */
    private static final byte[][][] REFUSALS = refusals();

    private final ActionResultEncoder result = new ActionResultEncoder();

    ActionResults(final ActionLimits limits) {
        super(limits.source(), limits.tenant());
    }

    /** Begins with the results of a moment. */
    void start(final long nowNs) {
        startFacts(0, 0, nowNs, WIDE);
    }

    /**
     * Writes that an action which was never pending has failed: the refusal in words is its text.
     *
     * @param wrong the field that is wrong; null where it is no single one.
     */
    void addRefused(final long action, final ActionFields fields, final ActionRefusal refusal, final ActionText wrong) {
        final byte[][] texts = REFUSALS[-refusal.code()];
        final byte[] text = texts[null == wrong ? texts.length - 1 : wrong.index()];
        begin(result);
        result.sourceSequence(ActionResultEncoder.sourceSequenceNullValue()).action(action).status(ActionStatus.FAILED);
        raw(fields.bytes(), fields.offset(ActionText.NATIVE_ID), fields.length(ActionText.NATIVE_ID));
        refusedIdentity(fields, ActionText.CLIENT_ID);
        refusedIdentity(fields, ActionText.KEY);
        text(text, 0, text.length);
        end();
    }

    private static byte[][][] refusals() {
        final ActionRefusal[] all = ActionRefusal.values();
        final ActionText[] fields = ActionText.values();
        final byte[][][] texts = new byte[all.length + 1][fields.length + 1][];
        for (final ActionRefusal refusal : all) {
            for (final ActionText field : fields) {
                texts[-refusal.code()][field.index()] = CommandText.constant(refusal.words() + ": " + field.field());
            }
            texts[-refusal.code()][fields.length] = CommandText.constant(refusal.words());
        }
        return texts;
    }

    /** What may itself be why the action was refused, for its length. */
    private void refusedIdentity(final ActionFields fields, final ActionText text) {
        final int length = fields.length(text);
        raw(fields.bytes(), fields.offset(text), length > PendingAction.MAX_IDENTITY ? 0 : length);
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

package io.strowger.router.action;

import io.strowger.codecs.sbe.RejectReason;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The words to an ask that the core has not remembered: why it was refused. Immutable; any thread.
 */
final class RefusalTexts {
    private static final String FULL = "router has too many actions";
    private static final String FORGOTTEN = "result is kept no longer";
    private static final int REASONS = 256;

    private final UnsafeBuffer[] texts = new UnsafeBuffer[REASONS];
    private final UnsafeBuffer forgotten = text(FORGOTTEN);

    RefusalTexts() {
        for (final RejectReason reason : RejectReason.values()) {
            if (RejectReason.NULL_VAL != reason) {
                texts[reason.value()] = text(reason.name().toLowerCase(Locale.ROOT).replace('_', ' '));
            }
        }
        texts[RejectReason.CAPACITY.value()] = text(FULL);
    }

    /**
     * The words of a refusal.
     *
     * @param reason code of a {@link RejectReason}, from 0 to 255.
     */
    DirectBuffer of(final int reason) {
        return null == texts[reason] ? texts[RejectReason.NOT_ALLOWED.value()] : texts[reason];
    }

    /** The words when the result of a repeated ask has been removed meanwhile. */
    DirectBuffer forgotten() {
        return forgotten;
    }

    private static UnsafeBuffer text(final String words) {
        return new UnsafeBuffer(words.getBytes(StandardCharsets.US_ASCII));
    }
}

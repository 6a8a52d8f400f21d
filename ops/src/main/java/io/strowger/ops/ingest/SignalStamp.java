package io.strowger.ops.ingest;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.SourceHelloDecoder;
import io.strowger.codecs.sbe.YesNo;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;

/**
 * What a signal may not say of itself.
 */
final class SignalStamp {
    private SignalStamp() {
    }

    /**
     * Writes the stream's own values over those of a signal.
     *
     * @param offset        of the signal's header.
     * @param arrivalTimeNs becomes the source time when that is 0.
     */
    static void put(
        final MutableDirectBuffer signal, final int offset, final long sourceSequence, final int source, final int tenant,
        final long arrivalTimeNs) {
        signal.putLong(offset + SignalLayout.SOURCE_SEQUENCE_OFFSET, sourceSequence, ByteOrder.LITTLE_ENDIAN);
        if (0 == SignalLayout.sourceTime(signal, offset)) {
            signal.putLong(offset + SignalLayout.SOURCE_TIME_OFFSET, arrivalTimeNs, ByteOrder.LITTLE_ENDIAN);
        }
        signal.putInt(offset + SignalLayout.SOURCE_OFFSET, source, ByteOrder.LITTLE_ENDIAN);
        signal.putInt(offset + SignalLayout.TENANT_OFFSET, tenant, ByteOrder.LITTLE_ENDIAN);
        if (SourceHelloDecoder.TEMPLATE_ID == SignalLayout.templateId(signal, offset)
            && SignalLayout.blockLength(signal, offset) > SourceHelloDecoder.denseEncodingOffset()) {
            // the sequences are the stream's now, and those have holes
            signal.putByte(offset + SignalLayout.HEADER_LENGTH + SourceHelloDecoder.denseEncodingOffset(), (byte)YesNo.NO.value());
        }
    }
}

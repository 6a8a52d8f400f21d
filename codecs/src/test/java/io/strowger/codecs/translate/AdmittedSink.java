package io.strowger.codecs.translate;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.admission.AdmissionWalk;
import io.strowger.codecs.admission.TemplateSet;
import io.strowger.codecs.sbe.RejectReason;
import org.agrona.DirectBuffer;

/**
 * Takes facts that a router would admit, and throws at any other: one that is refused, out of order, or of another source.
 */
public final class AdmittedSink implements SignalSink {
    private final AdmissionWalk walk = new AdmissionWalk(TemplateSet.all());
    private final int source;
    private final int tenant;
    private long last = -1;

    /**
     * A sink of one source.
     *
     * @param source its number.
     * @param tenant whose it is.
     */
    public AdmittedSink(final int source, final int tenant) {
        this.source = source;
        this.tenant = tenant;
    }

    @Override
    public boolean offer(final DirectBuffer buffer, final int offset, final int length) {
        final int verdict = walk.check(buffer, offset, length);
        if (AdmissionWalk.ADMITTED != verdict) {
            throw new AssertionError("not admitted: " + RejectReason.get((short)verdict));
        }
        if (SignalLayout.sourceSequence(buffer, offset) <= last) {
            throw new AssertionError("source sequence " + SignalLayout.sourceSequence(buffer, offset) + " behind " + last);
        }
        if (buffer.getInt(offset + SignalLayout.SOURCE_OFFSET) != source || buffer.getInt(offset + SignalLayout.TENANT_OFFSET) != tenant) {
            throw new AssertionError("of another source or tenant");
        }
        last = SignalLayout.sourceSequence(buffer, offset);
        return true;
    }
}

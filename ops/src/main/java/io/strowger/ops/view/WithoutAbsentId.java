package io.strowger.ops.view;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import io.strowger.codecs.sbe.AuditDecoder;
import java.io.IOException;

/**
 * Leaves the id of a signal out that has no source sequence, and shows that as null.
 */
final class WithoutAbsentId extends JsonGeneratorDelegate {
    private static final long ABSENT = AuditDecoder.sourceSequenceNullValue();
    private static final String NONE = Long.toString(ABSENT);

    WithoutAbsentId(final JsonGenerator out) {
        super(out);
    }

    @Override
    public void writeStringField(final String name, final String value) throws IOException {
        if (!"id".equals(name) || !NONE.equals(value)) {
            super.writeStringField(name, value);
        }
    }

    /** No other number of a signal can be that: the schema says null by it everywhere. */
    @Override
    public void writeNumber(final long value) throws IOException {
        if (ABSENT == value) {
            super.writeNull();
        } else {
            super.writeNumber(value);
        }
    }
}

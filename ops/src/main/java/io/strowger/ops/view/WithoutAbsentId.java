package io.strowger.ops.view;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import io.strowger.codecs.sbe.AuditDecoder;
import java.io.IOException;

/**
 * Leaves the id of a signal out that has no source sequence.
 */
final class WithoutAbsentId extends JsonGeneratorDelegate {
    private static final String NONE = Long.toString(AuditDecoder.sourceSequenceNullValue());

    WithoutAbsentId(final JsonGenerator out) {
        super(out);
    }

    @Override
    public void writeStringField(final String name, final String value) throws IOException {
        if (!"id".equals(name) || !NONE.equals(value)) {
            super.writeStringField(name, value);
        }
    }
}

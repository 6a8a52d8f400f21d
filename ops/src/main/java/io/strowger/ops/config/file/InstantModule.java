package io.strowger.ops.config.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** Reads times as {@code 2027-01-01T00:00:00Z}. */
final class InstantModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    InstantModule() {
        addDeserializer(Instant.class, new Reader());
    }

    private static final class Reader extends StdDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        Reader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(final JsonParser parser, final DeserializationContext context) throws IOException {
            try {
                return Instant.parse(parser.getText());
            } catch (final DateTimeException e) {
                throw context.weirdStringException(parser.getText(), Instant.class, "not a time as 2027-01-01T00:00:00Z");
            }
        }
    }
}

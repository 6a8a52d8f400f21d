package io.strowger.codecs.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.strowger.codecs.catalog.CodeList;
import io.strowger.codecs.catalog.FieldType;
import io.strowger.codecs.catalog.SignalCatalog;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes the value of a fixed field as its type asks. Immutable; any thread.
 */
final class FieldJson {
    private final Map<String, CodeNames> names = new HashMap<>();

    FieldJson(final SignalCatalog catalog) {
        catalog.codeLists().values().forEach(list -> names.put(list.name(), new CodeNames(list)));
    }

    /** The JSON names of an enum or set of the catalog. */
    CodeNames names(final CodeList list) {
        return names.get(list.name());
    }

    void write(final JsonGenerator out, final FieldType type, final long value) throws IOException {
        if (type.isNull(value)) {
            out.writeNull();
            return;
        }
        switch (type.kind()) {
            case NUMBER -> out.writeNumber(value);
            case TIME -> out.writeString(Rfc3339.format(value));
            case ENUM -> writeCode(out, names(type.codes()), value);
            case SET -> writeSet(out, type, value);
            default -> throw new IllegalStateException("no such kind: " + type.kind());
        }
    }

    private void writeSet(final JsonGenerator out, final FieldType type, final long value) throws IOException {
        out.writeStartArray();
        for (int bit = 0; bit < type.primitive().size() * Byte.SIZE; bit++) {
            if (0 != (value & (1L << bit))) {
                writeCode(out, names(type.codes()), bit);
            }
        }
        out.writeEndArray();
    }

    private static void writeCode(final JsonGenerator out, final CodeNames codeNames, final long code) throws IOException {
        final String name = codeNames.name(code);
        if (null == name) {
            out.writeNumber(code);
        } else {
            out.writeString(name);
        }
    }
}

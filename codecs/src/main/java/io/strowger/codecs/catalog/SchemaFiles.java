package io.strowger.codecs.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The schema as files, to be kept beside data written with it: whoever has them can read the data without this program.
 */
public final class SchemaFiles {
    private static final String DIRECTORY = "/io/strowger/codecs/";

    private SchemaFiles() {
    }

    /**
     * The schema as it is written.
     *
     * @return the bytes of an SBE schema in XML; the caller's own.
     */
    public static byte[] schema() {
        return bytes("signals.xml");
    }

    /**
     * The schema as SBE's serialized intermediate representation.
     *
     * @return the bytes of an {@code .sbeir} file; the caller's own.
     */
    public static byte[] intermediateRepresentation() {
        return bytes("signals.sbeir");
    }

    private static byte[] bytes(final String name) {
        try (InputStream in = SchemaFiles.class.getResourceAsStream(DIRECTORY + name)) {
            if (null == in) {
                throw new IllegalStateException("not on the class path: " + DIRECTORY + name);
            }
            return in.readAllBytes();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

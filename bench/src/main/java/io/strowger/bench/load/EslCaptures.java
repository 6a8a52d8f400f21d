package io.strowger.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * The bundled byte streams of a real FreeSWITCH 1.10 with real phones, one a scenario, each recorded at the same time in both forms.
 */
public final class EslCaptures {
    /** The scenarios, in the order in which they are used. */
    public static final List<String> SCENARIOS = List.of(
        "01-answered", "02-busy", "06-blind-transfer", "08-hold", "09-park-retrieve", "11-queue-complete", "14-conference");

    private EslCaptures() {
    }

    /** What the connection had asked for. */
    public enum Form {
        /** {@code event plain ALL}. */
        PLAIN,
        /** {@code event json ALL}. */
        JSON
    }

    /**
     * Reads one stream.
     *
     * @param scenario one of {@link #SCENARIOS}.
     * @param form     which of its two recordings.
     * @return the bytes as the client received them.
     */
    public static byte[] bytes(final String scenario, final Form form) {
        final String name = scenario + '.' + form.name().toLowerCase(Locale.ROOT) + ".esl.gz";
        try (InputStream file = EslCaptures.class.getResourceAsStream(name)) {
            if (null == file) {
                throw new IllegalStateException("the capture " + name + " is not on the class path");
            }
            return new GZIPInputStream(file).readAllBytes();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

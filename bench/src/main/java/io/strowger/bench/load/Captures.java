package io.strowger.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The bundled byte streams of a real Asterisk 20 with real phones, one a scenario.
 *
 * <p>Each is there twice, recorded at the same time: {@link Classes#FULL} with all classes of events, {@link Classes#LEAN} with those a
 * router subscribes to.
 */
public final class Captures {
    /** The scenarios, in the order in which they are used. */
    public static final List<String> SCENARIOS = List.of("01-answered-call", "02-busy", "04-cancel", "06-blind-transfer",
        "07-attended-transfer", "09-hold-unhold", "10-park-retrieve", "12-queue-complete-agent", "16-conference", "17-recording",
        "25-forward-302", "26-ring-two");

    private Captures() {
    }

    /** What the connection had asked for. */
    public enum Classes {
        /** All classes of events, the debugging ones too. */
        FULL,
        /** system, call, agent, user, message. */
        LEAN
    }

    /**
     * Reads one stream.
     *
     * @param scenario one of {@link #SCENARIOS}.
     * @param classes  which of its two recordings.
     * @return the bytes as the client received them.
     */
    public static byte[] bytes(final String scenario, final Classes classes) {
        final String name = scenario + (Classes.FULL == classes ? ".full" : ".lean") + ".ami.gz";
        try (InputStream file = Captures.class.getResourceAsStream(name)) {
            if (null == file) {
                throw new IllegalStateException("the capture " + name + " is not on the class path");
            }
            return new GZIPInputStream(file).readAllBytes();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

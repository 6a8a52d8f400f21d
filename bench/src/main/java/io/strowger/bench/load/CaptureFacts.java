package io.strowger.bench.load;

import io.strowger.codecs.ami.AmiSettings;
import io.strowger.codecs.ami.AmiTranslator;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The facts in the bundled captures, as the product's own translator finds them.
 */
public final class CaptureFacts {
    private static final long ARRIVAL_NS = 1_795_624_150_000_000_000L;

    private CaptureFacts() {
    }

    /**
     * Translates one scenario.
     *
     * @param scenario one of {@link Captures#SCENARIOS}.
     * @return its facts in order, each the bytes of one SBE message.
     */
    public static List<byte[]> of(final String scenario) {
        final byte[] stream = Captures.bytes(scenario, Captures.Classes.LEAN);
        final AmiTranslator translator = new AmiTranslator(AmiSettings.of(Traffic.SOURCE, Traffic.TENANT));
        final List<byte[]> facts = new ArrayList<>();
        translator.connected(0);
        final int taken = translator.onBytes(new UnsafeBuffer(stream), 0, stream.length, ARRIVAL_NS, (buffer, offset, length) -> {
            final byte[] fact = new byte[length];
            buffer.getBytes(offset, fact);
            return facts.add(fact);
        });
        if (taken != stream.length) {
            throw new IllegalStateException("the translator took " + taken + " of " + stream.length + " bytes of " + scenario);
        }
        return facts;
    }

    /**
     * The scripts of all scenarios.
     */
    static List<CallScript> scripts() {
        return Captures.SCENARIOS.stream().map(scenario -> CallScript.of(scenario, of(scenario))).toList();
    }
}

package io.strowger.ops.ingest;

import io.strowger.codecs.SignalSink;
import io.strowger.codecs.ami.AmiSettings;
import io.strowger.codecs.ami.AmiTranslator;
import io.strowger.codecs.translate.StreamCounters.Counter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * What an Asterisk manager connection sends.
 */
public final class AmiDialect implements Dialect {
    private static final byte[] BANNER = "Asterisk Call Manager/".getBytes(StandardCharsets.US_ASCII);
    private static final Map<Counter, String> COMPLAINTS = complaintNames();

    private final AmiTranslator translator;

    /**
     * A stream of one source.
     *
     * @param source its number.
     * @param tenant whose it is.
     */
    public AmiDialect(final int source, final int tenant) {
        translator = new AmiTranslator(AmiSettings.of(source, tenant));
    }

    @Override
    public String name() {
        return "ami";
    }

    /**
     * A stream cut from the middle has no banner and will have no FullyBooted: nothing in it would ever count if its epoch were awaited.
     */
    @Override
    public boolean isEpochKnown(final DirectBuffer bytes, final int length) {
        for (int i = 0; i < BANNER.length; i++) {
            if (i >= length || bytes.getByte(i) != BANNER[i]) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void connected(final int connection) {
        translator.connected(connection);
    }

    @Override
    public int onBytes(final DirectBuffer bytes, final int offset, final int length, final long arrivalTimeNs, final SignalSink sink) {
        return translator.onBytes(bytes, offset, length, arrivalTimeNs, sink);
    }

    @Override
    public void disconnected() {
        translator.disconnected();
    }

    @Override
    public Map<String, Long> complaints() {
        final Map<String, Long> complaints = new LinkedHashMap<>();
        COMPLAINTS.forEach((counter, name) -> {
            final long count = translator.counters().get(counter);
            if (count > 0) {
                complaints.put(name, count);
            }
        });
        return complaints;
    }

    private static Map<Counter, String> complaintNames() {
        final Map<Counter, String> names = new LinkedHashMap<>();
        names.put(Counter.MALFORMED, "malformed blocks");
        names.put(Counter.TOO_LARGE, "blocks too large");
        names.put(Counter.IDENTITY_TOO_LONG, "blocks with an id longer than 160 bytes");
        names.put(Counter.WITHOUT_NATIVE_ID, "events that name no leg");
        names.put(Counter.UNFINISHED, "unfinished blocks at the end of a file");
        names.put(Counter.LISTS_REFUSED, "lists that could not be followed");
        names.put(Counter.UNKNOWN_EVENTS, "events of an unknown name (kept as source.other)");
        return names;
    }
}

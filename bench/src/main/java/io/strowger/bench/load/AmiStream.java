package io.strowger.bench.load;

import io.strowger.codecs.ami.AmiSettings;
import io.strowger.codecs.ami.AmiTranslator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bundled captures as blocks, each with the facts that the product's own translator finds in it.
 */
final class AmiStream {
    private static final long ARRIVAL_NS = 1_795_624_150_000_000_000L;
    private static final String BLOCK_END = "\r\n\r\n";
    private static final byte[] BEGIN = ("Asterisk Call Manager/9.0.0\r\n"
        + "Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: 0\r\nLastReload: 0\r\nStatus: Fully Booted" + BLOCK_END)
        .getBytes(StandardCharsets.ISO_8859_1);

    private AmiStream() {
    }

    /**
     * A block.
     *
     * @param text  of it, its end included, a character a byte.
     * @param facts in it, each the bytes of one SBE message; none in noise.
     */
    record Block(String text, List<byte[]> facts) {
    }

    /**
     * The scripts of all scenarios.
     *
     * @param users how many there are; 0: those of the captures.
     */
    static List<CallScript> scripts(final int users) {
        return Captures.SCENARIOS.stream()
            .map(scenario -> CallScript.ofBlocks(scenario, blocks(Captures.bytes(scenario, Captures.Classes.LEAN)), users)).toList();
    }

    /** What a connection begins with: the banner, and since when the source runs. */
    static void begin(final SignalPool pool) {
        pool.buffer().putBytes(pool.claim(), BEGIN);
        pool.commit(BEGIN.length);
    }

    private static List<Block> blocks(final byte[] stream) {
        final String text = new String(stream, StandardCharsets.ISO_8859_1);
        final AmiTranslator translator = new AmiTranslator(AmiSettings.of(Traffic.SOURCE, Traffic.TENANT));
        translator.connected(0);
        final List<Block> blocks = new ArrayList<>();
        int from = 0;
        for (int end = text.indexOf(BLOCK_END); end >= 0; end = text.indexOf(BLOCK_END, from)) {
            final int to = end + BLOCK_END.length();
            final String block = text.substring(from, to);
            final byte[] bytes = block.getBytes(StandardCharsets.ISO_8859_1);
            final List<byte[]> facts = new ArrayList<>();
            translator.onBytes(new UnsafeBuffer(bytes), 0, bytes.length, ARRIVAL_NS, (buffer, offset, length) -> {
                final byte[] fact = new byte[length];
                buffer.getBytes(offset, fact);
                return facts.add(fact);
            });
            blocks.add(new Block(block, facts));
            from = to;
        }
        return blocks;
    }
}

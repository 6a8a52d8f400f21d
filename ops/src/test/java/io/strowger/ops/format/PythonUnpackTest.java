package io.strowger.ops.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The reader in Python unpacks what the library packs, and of damaged bytes never makes anything else than the library does. */
@Timeout(120)
class PythonUnpackTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String DAMAGED = "damaged";

    private static final String PROGRAM = """
        import sys
        sys.path.insert(0, sys.argv[1])
        import read_journal
        for line in sys.stdin:
            length, packed = line.split(" ")
            try:
                print(read_journal.unpack(bytes.fromhex(packed), int(length)).hex())
            except read_journal.Damage:
                print("damaged")
        """;

    @TempDir
    private Path folder;

    private final Random random = new Random(4);
    private final LZ4Compressor compressor = LZ4Factory.nativeInstance().fastCompressor();
    private final LZ4SafeDecompressor decompressor = LZ4Factory.nativeInstance().safeDecompressor();

    @BeforeAll
    static void requirePython() throws InterruptedException {
        PythonReader.assumePython();
    }

    @Test
    void shouldGiveTheSameBytesWhenTheyWerePackedByTheLibrary() throws Exception {
        final List<String> questions = new ArrayList<>();
        final List<String> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            final byte[] plain = plain(1 + random.nextInt(0 == i % 20 ? 150_000 : 3_000));
            questions.add(question(plain.length, compressor.compress(plain)));
            expected.add(HEX.formatHex(plain));
        }
        assertEquals(expected, answers(questions));
    }

    @Test
    void shouldMakeNothingElseOfDamagedBytesThanTheLibraryDoes() throws Exception {
        final List<String> questions = new ArrayList<>();
        final List<String> expected = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            final byte[] plain = plain(20 + random.nextInt(400));
            final byte[] bytes = damaged(compressor.compress(plain));
            questions.add(question(plain.length, bytes));
            expected.add(unpacked(bytes, plain.length));
        }
        final List<String> answers = answers(questions);
        assertEquals(expected.size(), answers.size());
        int both = 0;
        for (int i = 0; i < answers.size(); i++) {
            // the library refuses an end that no packer writes, the reader a match that begins 0 bytes back
            if (!DAMAGED.equals(expected.get(i)) && !DAMAGED.equals(answers.get(i))) {
                assertEquals(expected.get(i), answers.get(i), questions.get(i));
                both++;
            }
        }
        final long refused = answers.stream().filter(DAMAGED::equals).count();
        assertTrue(both > 300 && refused > 300, "unpacked " + both + ", refused " + refused);
    }

    private String unpacked(final byte[] bytes, final int length) {
        final byte[] plain = new byte[length];
        try {
            return length == decompressor.decompress(bytes, 0, bytes.length, plain, 0, length) ? HEX.formatHex(plain) : DAMAGED;
        } catch (final LZ4Exception ex) {
            return DAMAGED;
        }
    }

    /** Noise, runs of one byte, and repetitions of what came before, near and far. */
    private byte[] plain(final int length) {
        final byte[] bytes = new byte[length];
        int at = 0;
        while (at < length) {
            final int part = Math.min(length - at, 1 + random.nextInt(0 == random.nextInt(8) ? 2_000 : 60));
            final int back = 1 + random.nextInt(Math.max(1, at));
            final byte one = (byte)random.nextInt();
            final int kind = random.nextInt(3);
            for (int i = at; i < at + part; i++) {
                bytes[i] = 0 == kind ? (byte)random.nextInt() : 1 == kind || back > i ? one : bytes[i - back];
            }
            at += part;
        }
        return bytes;
    }

    private byte[] damaged(final byte[] packed) {
        final byte[] bytes = 0 == random.nextInt(4) ? Arrays.copyOf(packed, random.nextInt(packed.length) + 1) : packed.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] ^= (byte)(1 << random.nextInt(8));
        }
        return bytes;
    }

    private static String question(final int length, final byte[] packed) {
        return length + " " + HEX.formatHex(packed);
    }

    private List<String> answers(final List<String> questions) throws IOException, InterruptedException {
        final Path in = Files.write(folder.resolve("in"), questions);
        final Path out = folder.resolve("out");
        final int exitCode = new ProcessBuilder("python3", "-B", "-c", PROGRAM, Path.of("..", "persistence", "docs").toString())
            .redirectInput(in.toFile()).redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start().waitFor();
        assertEquals(0, exitCode);
        return Files.readAllLines(out);
    }
}

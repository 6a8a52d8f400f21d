package io.strowger.ops.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.persistence.cycle.Deltas;
import io.strowger.router.record.BlockLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The reader in Python unpacks what the journal packs, and of damaged bytes makes exactly what the journal does. */
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
    private final Deltas deltas = new Deltas();

    @BeforeAll
    static void requirePython() throws InterruptedException {
        PythonReader.assumePython();
    }

    @Test
    void shouldGiveTheSameRecordsWhenTheyWerePackedInJava() throws Exception {
        final List<String> questions = new ArrayList<>();
        final List<String> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            final byte[] plain = records(1 + random.nextInt(0 == i % 20 ? 600 : 20));
            questions.add(question(plain.length, packed(plain)));
            expected.add(HEX.formatHex(plain));
        }
        assertEquals(expected, answers(questions));
    }

    @Test
    void shouldMakeTheSameOfDamagedBytesAsJava() throws Exception {
        final List<String> questions = new ArrayList<>();
        final List<String> expected = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            final byte[] plain = records(1 + random.nextInt(8));
            final byte[] bytes = damaged(packed(plain));
            questions.add(question(plain.length, bytes));
            expected.add(unpacked(bytes, plain.length));
        }
        assertEquals(expected, answers(questions));
        final long refused = expected.stream().filter(DAMAGED::equals).count();
        assertTrue(refused > 300 && refused < 2_700, "refused " + refused);
    }

    private byte[] packed(final byte[] records) {
        final ByteBuffer plain = ByteBuffer.allocateDirect(BlockLayout.HEADER_LENGTH + records.length);
        plain.put(BlockLayout.HEADER_LENGTH, records);
        final ByteBuffer target = ByteBuffer.allocateDirect(Deltas.mostPacked(plain.capacity()));
        final byte[] packed = new byte[deltas.pack(plain, 0, plain.capacity(), target) - BlockLayout.HEADER_LENGTH];
        target.get(BlockLayout.HEADER_LENGTH, packed);
        return packed;
    }

    private String unpacked(final byte[] packed, final int length) {
        final ByteBuffer block = ByteBuffer.allocateDirect(BlockLayout.HEADER_LENGTH + packed.length);
        block.put(BlockLayout.HEADER_LENGTH, packed);
        final ByteBuffer plain = ByteBuffer.allocateDirect(BlockLayout.HEADER_LENGTH + length);
        if (!deltas.unpack(block, block.capacity(), plain, plain.capacity())) {
            return DAMAGED;
        }
        final byte[] records = new byte[length];
        plain.get(BlockLayout.HEADER_LENGTH, records);
        return HEX.formatHex(records);
    }

    /** Records of few shapes, that differ in some bytes; now and then a long one. */
    private byte[] records(final int count) {
        final ByteBuffer bytes = ByteBuffer.allocate(count * 2_048).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            final int kind = random.nextInt(6);
            final int signal = 5 == kind ? 900 + random.nextInt(100) : 29 * kind;
            final int event = 0 == random.nextInt(3) ? 40 : 0;
            final int start = bytes.position();
            bytes.putShort((short)signal).putShort((short)event).putInt(1).putLong(i).putLong(1_000 + i);
            final int end = start + 24 + (signal + 7) / 8 * 8 + (event + 7) / 8 * 8;
            while (bytes.position() < end) {
                bytes.put((byte)(0 == random.nextInt(5) ? random.nextInt() : kind));
            }
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
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

package io.strowger.persistence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Zeros are written where nobody has written yet, whatever the queue puts between two blocks, and never beyond what is mapped. */
class FreshPagesPropertyTest {
    private static final int PAGE = 4096;
    private static final int STEP = 64 * 1024;
    private static final int FILE_LENGTH = 1 << 20;
    private static final int WORD = 4;
    private static final byte NOBODYS = 0x55;

    private Path file;
    private MappedByteBuffer mapping;
    private CycleChannel channel;
    private FreshPages pages;

    @BeforeTry
    void openFile() throws IOException {
        file = Files.createTempFile("pages", ".cq4");
        final byte[] content = new byte[FILE_LENGTH];
        Arrays.fill(content, NOBODYS);
        Files.write(file, content);
        try (FileChannel opened = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            mapping = opened.map(FileChannel.MapMode.READ_WRITE, 0, FILE_LENGTH);
        }
        channel = new CycleChannel();
        pages = new FreshPages(channel);
    }

    @AfterTry
    void removeFile() throws IOException {
        channel.close();
        Files.delete(file);
    }

    /** The queue writes words, index arrays and long blocks as it likes: each byte stays as it was written last. */
    @Property(tries = 100)
    void shouldNeverMeetAByteThatSomebodyHasWritten(@ForAll final long seed) {
        final Random random = new Random(seed);
        final byte[] written = new byte[FILE_LENGTH];
        final int mapped = FILE_LENGTH - random.nextInt(FILE_LENGTH / 2);
        int at = random.nextInt(3 * PAGE);
        final int lowest = at;
        while (at + WORD + PAGE + 64 <= mapped) {
            if (0 == random.nextInt(20)) {
                at = put(random, written, at, Math.min(random.nextInt(2 * STEP), mapped - at));
                continue;
            }
            final int length = 1 + random.nextInt(PAGE - 1);
            put(random, written, at, WORD);
            pages.prepare(file, at + WORD, length, mapped);
            at = put(random, written, at + WORD, length);
        }
        final byte[] content = content();
        assertArrayEquals(Arrays.copyOfRange(written, lowest, at), Arrays.copyOfRange(content, lowest, at), "what was written");
        assertOnly(NOBODYS, content, 0, lowest);
        assertOnly(NOBODYS, content, mapped, FILE_LENGTH);
        assertEquals(FILE_LENGTH, file.toFile().length());
    }

    @Example
    void shouldMakeAllPagesUpToTheNextStepAtOnce() {
        pages.prepare(file, 5_000, 100, FILE_LENGTH);
        assertOnly(NOBODYS, content(), 0, 2 * PAGE);
        assertOnly((byte)0, content(), 2 * PAGE, STEP);
        assertOnly(NOBODYS, content(), STEP, FILE_LENGTH);
    }

    @Example
    void shouldWriteNothingWhereThePagesAreMade() {
        pages.prepare(file, 5_000, 100, FILE_LENGTH);
        mapping.put(STEP - 1, (byte)7);
        pages.prepare(file, STEP - 200, 136, FILE_LENGTH);
        assertEquals(7, mapping.get(STEP - 1));
        pages.prepare(file, STEP - 200, 137, FILE_LENGTH);
        assertEquals(7, mapping.get(STEP - 1));
        assertOnly((byte)0, content(), STEP, 2 * STEP);
        assertOnly(NOBODYS, content(), 2 * STEP, FILE_LENGTH);
    }

    @Example
    void shouldMakeTheFirstPagesOfAnotherFileToo() {
        pages.prepare(file, 3 * STEP, 100, FILE_LENGTH);
        pages.onFile();
        pages.prepare(file, 5_000, 100, FILE_LENGTH);
        assertOnly((byte)0, content(), 2 * PAGE, STEP);
    }

    private int put(final Random random, final byte[] written, final int at, final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        mapping.put(at, bytes);
        System.arraycopy(bytes, 0, written, at, length);
        return at + length;
    }

    private byte[] content() {
        final byte[] content = new byte[FILE_LENGTH];
        mapping.get(0, content);
        return content;
    }

    private static void assertOnly(final byte value, final byte[] content, final int from, final int to) {
        final byte[] expected = new byte[to - from];
        Arrays.fill(expected, value);
        assertArrayEquals(expected, Arrays.copyOfRange(content, from, to));
    }
}

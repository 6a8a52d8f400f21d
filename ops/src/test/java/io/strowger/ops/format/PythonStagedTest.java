package io.strowger.ops.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.OtherEncoder;
import io.strowger.ops.Run;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.record.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a writer has staged and died upon, as the reader in another language and the command line see it. */
@Timeout(120)
class PythonStagedTest {
    private static final int FIRST_BLOCK = 64;

    @TempDir
    private Path folder;

    private final BlockWriter out = new BlockWriter(4096);
    private final UnsafeBuffer signal = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);

    @BeforeAll
    static void assumePython() throws InterruptedException {
        PythonReader.assumePython();
    }

    @Test
    void shouldReadWhatADeadWriterHasStagedAndNothingOfALivingOne() throws Exception {
        final Path journal = folder.resolve("journal");
        final Path dead = folder.resolve("dead");
        try (ChronicleJournal writer = ChronicleJournal.open(new ChronicleJournalContext().directory(journal).blockSize(1 << 20))) {
            write(writer, 3, false);
            write(writer, 4, true);
            assertEquals(range(3), PythonReader.of(journal).sequences());
            copy(journal, dead);
        }
        assertEquals(range(7), PythonReader.of(journal).sequences());
        final PythonReader reader = PythonReader.of(dead, "--from", "2");
        assertEquals("", reader.err());
        assertEquals(range(7).subList(1, 7), reader.sequences());
        assertEquals(7, Run.of("tail", dead.toString(), "--raw").lines().size());
        final List<String> verified = Run.of("verify", dead.toString()).lines();
        final String said = "staged   4 records, sequences 4 to 7, by a writer that has died: the next one brings them into the files";
        assertTrue(verified.contains(said), verified.toString());
    }

    @Test
    void shouldReadUpToTheFirstStagedBlockThatIsNoGood() throws Exception {
        final Path journal = folder.resolve("journal");
        final Path dead = folder.resolve("dead");
        try (ChronicleJournal writer = ChronicleJournal.open(new ChronicleJournalContext().directory(journal).blockSize(1 << 20))) {
            write(writer, 3, false);
            write(writer, 4, true);
            copy(journal, dead);
        }
        final byte[] staged = Files.readAllBytes(dead.resolve("staged"));
        staged[FIRST_BLOCK + out.length() + 30] ^= 1;
        Files.write(dead.resolve("staged"), staged);
        assertEquals(range(4), PythonReader.of(dead).sequences());
        assertEquals(4, Run.of("tail", dead.toString(), "--raw").lines().size());
        Files.write(dead.resolve("staged"), new byte[7]);
        assertEquals(range(3), PythonReader.of(dead).sequences());
        Files.delete(dead.resolve("staged"));
        assertEquals(range(3), PythonReader.of(dead).sequences());
    }

    private void write(final ChronicleJournal journal, final int blocks, final boolean isToStage) {
        out.startBehind(journal.lastSequence(), journal.lastChain());
        for (int i = 0; i < blocks; i++) {
            out.reset();
            final OtherEncoder other = new OtherEncoder().wrapAndApplyHeader(signal, 0, new MessageHeaderEncoder());
            other.sourceSequence(1).sourceTime(1).source(1).tenant(1).name("x").text("y");
            out.beginInput(signal, 0, SignalLayout.HEADER_LENGTH + other.encodedLength(), 1_795_624_196_513_000_000L);
            out.endInput(Outcome.IGNORED);
            final int length = out.finish();
            assertTrue(isToStage ? journal.stage(out.buffer(), 0, length) : journal.append(out.buffer(), 0, length));
        }
    }

    private static List<Object> range(final int last) {
        return LongStream.rangeClosed(1, last).<Object>mapToObj(Long::valueOf).toList();
    }

    /** Without the file of the lock: to close a copy's source would give the writer's lock back. */
    private static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (final Path file : files.filter(Files::isRegularFile).filter(file -> !file.endsWith("LOCK")).toList()) {
                final Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}

package io.strowger.persistence.tail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strowger.persistence.BlockKind;
import io.strowger.persistence.Blocks;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.Damaged;
import io.strowger.router.journal.JournalException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that is cut by hand under an open tail: a typed fault, and the position is that of a record that was handed over. */
@Timeout(60)
@ParameterizedClass
@EnumSource(BlockKind.class)
class TailCutTest {
    private static final String NAME = "billing";
    private static final int RECORDS = 4_000;

    @TempDir
    private Path directory;
    private final BlockKind kind;
    private Path cycle;

    TailCutTest(final BlockKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void write() {
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            new Blocks(3, kind).append(journal, RECORDS / 20, 20);
        }
        cycle = Damaged.places(directory).get(0).file();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4_095, 4_096, 100_000, 150_000, 200_003})
    void shouldSayDamagedAndStandWhereItWasWhenTheFileIsCut(final long length) throws IOException {
        try (JournalTail tail = JournalTail.open(directory, NAME)) {
            // within a block, whose rest is cut away
            tail.poll(record -> { }, 405);
            cut(length);
            final Tailed tailed = new Tailed();
            for (int i = 0; i < 3; i++) {
                assertThrows(JournalException.class, () -> drain(tail, tailed));
            }
            assertEquals(Tailed.range(406, 405 + tailed.sequences().size()), tailed.sequences());
            assertEquals(406 + tailed.sequences().size(), tail.position());
            tail.commit();
            assertEquals(tail.position(), tail.committedPosition());
        }
    }

    @Test
    void shouldHandOverTheBlockAtHandWhenTheFileIsCutWithinTheHandler() throws IOException {
        try (JournalTail tail = JournalTail.open(directory, NAME)) {
            final Tailed tailed = new Tailed();
            assertThrows(JournalException.class, () -> tail.poll(record -> {
                tailed.onRecord(record);
                if (5 == record.sequence()) {
                    cut(0);
                }
            }, RECORDS));
            assertEquals(Tailed.range(1, 20), tailed.sequences());
            assertEquals(21, tail.position());
        }
    }

    private static void drain(final JournalTail tail, final Tailed tailed) {
        while (tail.poll(tailed, 100) > 0) {
            if (tailed.sequences().size() > RECORDS) {
                throw new AssertionError("endless");
            }
        }
    }

    private void cut(final long length) {
        try (FileChannel channel = FileChannel.open(cycle, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        } catch (final IOException ex) {
            throw new AssertionError(ex);
        }
    }
}

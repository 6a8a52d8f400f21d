package io.strowger.persistence.tail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.persistence.BlockKind;
import io.strowger.persistence.Blocks;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.Damaged;
import io.strowger.persistence.JournalRepair;
import io.strowger.router.journal.JournalException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A tail beside a repair: it says what is damaged, follows to where the journal was moved, and passes over what is lost. */
@ParameterizedClass
@EnumSource(BlockKind.class)
class TailRepairTest {
    private static final String NAME = "billing";

    @TempDir
    private Path directory;

    private final Blocks blocks;

    TailRepairTest(final BlockKind kind) {
        blocks = new Blocks(3, kind);
    }

    @BeforeEach
    void writeTwoCycles() {
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            blocks.append(journal, 10, 2);
            blocks.time(Blocks.START_NS + Blocks.DAY_NS).append(journal, 10, 2);
        }
    }

    @Test
    void shouldGoOnBehindTheLossWhenRepairedWhileOpen() {
        damage(12);
        try (JournalTail tail = JournalTail.open(directory, NAME)) {
            final Tailed tailed = new Tailed();
            assertThrows(JournalException.class, () -> tail.poll(tailed, 100));
            assertThrows(JournalException.class, () -> tail.poll(tailed, 100));
            assertEquals(Tailed.range(1, 24), tailed.sequences());
            tail.commit();
            repair();
            tail.poll(tailed, 100);
            assertEquals(without(25, 26), tailed.sequences());
        }
        // the cursor stands on what is lost now
        try (JournalTail tail = JournalTail.open(directory, NAME)) {
            assertEquals(25, tail.position());
            assertEquals(Tailed.range(27, 40), Tailed.drain(tail));
        }
    }

    @Test
    @Timeout(60)
    void shouldFollowToTheNewGenerationWhenItWaitsAtTheEnd() {
        try (JournalTail tail = JournalTail.open(directory, NAME)) {
            assertEquals(40, Tailed.drain(tail).size());
            damage(3);
            repair();
            try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
                blocks.append(journal, 1, 2);
            }
            List<Long> next = List.of();
            while (next.isEmpty()) {
                next = Tailed.drain(tail);
            }
            assertEquals(Tailed.range(41, 42), next);
        }
    }

    @Test
    void shouldGoOnWhenTheBlockThatWasDoneIsLost() {
        try (JournalTail tail = JournalTail.open(directory, NAME)) {
            tail.poll(new Tailed(), 8);
            tail.commit();
        }
        damage(3);
        repair();
        try (JournalTail tail = JournalTail.open(directory, NAME)) {
            assertEquals(Tailed.range(9, 40), Tailed.drain(tail));
        }
    }

    private List<Long> without(final long first, final long last) {
        final List<Long> all = new ArrayList<>(Tailed.range(1, first - 1));
        all.addAll(Tailed.range(last + 1, blocks.sequence()));
        return all;
    }

    private void damage(final int block) {
        final Damaged.BlockPlace place = Damaged.places(directory).get(block);
        Damaged.flip(place.file(), place.end() - 1, 1);
    }

    private void repair() {
        assertTrue(new JournalRepair(Blocks.context(directory)).run().isDone());
    }
}

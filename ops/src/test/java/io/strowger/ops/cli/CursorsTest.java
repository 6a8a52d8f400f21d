package io.strowger.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.Run;
import io.strowger.persistence.tail.Cursors;
import io.strowger.persistence.tail.JournalTail;
import io.strowger.persistence.tail.TailStart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cursors of a journal, listed and let go. */
class CursorsTest {
    @TempDir
    private Path folder;
    private Path journal;

    @BeforeEach
    void ingest() throws IOException {
        journal = folder.resolve("journal");
        final Path file = Files.write(folder.resolve("calls.jsonl"), """
            {"specversion":"1.0","type":"signal.leg-seen","time":"2026-11-25T16:00:00Z","data":{"nativeId":"leg-1","callId":"call-1",\
            "user":"101","direction":"outgoing","legState":"ring","legKind":"device"}}
            """.getBytes(StandardCharsets.UTF_8));
        assertEquals(0, Run.of("ingest", file.toString(), "--format", "jsonl", "--source", "acme", "--journal", journal.toString())
            .exitCode());
    }

    @Test
    void shouldSayThatThereIsNone() {
        final Run run = cursors();
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(List.of("no cursor"), run.lines());
    }

    @Test
    void shouldListNamePositionAndAge() {
        JournalTail.open(journal, "wallboard", TailStart.at(2)).close();
        JournalTail.open(journal, "billing", TailStart.at(1)).close();
        final Run run = cursors();
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(2, run.lines().size(), run.out());
        assertTrue(run.lines().get(0).matches("billing  at 1, committed 20\\d\\d-\\d\\d-\\d\\dT[0-9:]{8}Z, [0-9]+ s ago"), run.out());
        assertTrue(run.lines().get(1).startsWith("wallboard  at 2, "), run.out());
    }

    @Test
    void shouldNameADamagedOneAndListTheOthers() throws IOException {
        JournalTail.open(journal, "wallboard").close();
        Files.writeString(journal.resolve("cursors/billing"), "no cursor");
        final Run run = cursors();
        assertEquals(1, run.exitCode(), run.out());
        assertTrue(run.out().contains("damaged  cursor billing"), run.out());
        assertTrue(run.out().contains("wallboard  at "), run.out());
        assertEquals(0, Run.of("cursors", journal.toString(), "--remove", "billing").exitCode());
        assertEquals(0, cursors().exitCode());
    }

    @Test
    void shouldRemoveTheOneNamed() {
        JournalTail.open(journal, "billing").close();
        final Run run = Run.of("cursors", journal.toString(), "--remove", "billing");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(List.of("removed billing"), run.lines());
        assertEquals(List.of(), Cursors.list(journal));
    }

    @Test
    void shouldRefuseToRemoveOneInUse() {
        try (JournalTail tail = JournalTail.open(journal, "billing")) {
            final Run run = Run.of("cursors", journal.toString(), "--remove", "billing");
            assertEquals(1, run.exitCode(), tail::toString);
            assertTrue(run.err().contains("billing is in use"), run.err());
            assertEquals(1, Cursors.list(journal).size());
        }
    }

    @Test
    void shouldCallItWrongUsageWhenThereIsNoSuchCursorOrJournal() {
        assertRefused(Run.of("cursors", journal.toString(), "--remove", "billing"), "no cursor billing");
        assertRefused(Run.of("cursors", journal.toString(), "--remove", "../LOCK"), "a cursor's name");
        assertRefused(Run.of("cursors", folder.toString()), "no journal");
    }

    private static void assertRefused(final Run run, final String reason) {
        assertEquals(2, run.exitCode(), run.out());
        assertTrue(run.err().contains(reason), run.err());
    }

    private Run cursors() {
        return Run.of("cursors", journal.toString());
    }
}

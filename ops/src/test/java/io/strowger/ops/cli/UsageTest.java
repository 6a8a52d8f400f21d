package io.strowger.ops.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.Run;
import io.strowger.ops.captures.Capture;
import io.strowger.ops.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mistake of the user gives one clear line on stderr, nothing on stdout, and 2. */
class UsageTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"demo", "ingest", "tail", "status", "replay", "verify", "repair", "retain", "cursors", "doctor", "bench"})
    void shouldPrintHelpWhenAsked(final String command) {
        final Run help = Run.of(command, "--help");
        assertEquals(0, help.exitCode());
        assertTrue(help.out().startsWith("Usage: strowger " + command), help.out());
        assertEquals("", help.err());
    }

    @Test
    void shouldSayWhatFilesIngestWants() {
        assertTrue(Run.of("ingest", "--help").out().contains("all files of a source, in order, each time"));
    }

    @Test
    void shouldListCommandsWhenAskedForHelp() {
        final Run help = Run.of("--help");
        assertEquals(0, help.exitCode());
        assertTrue(help.out().contains("ingest") && help.out().contains("Exit codes"), help.out());
        assertFalse(help.out().contains("warm-up"), "the launcher's own command is nobody's business");
    }

    @Test
    void shouldPrintVersionWhenAsked() {
        final Run version = Run.of("--version");
        assertEquals(0, version.exitCode());
        assertTrue(version.out().startsWith("strowger "), version.out());
    }

    @Test
    void shouldRefuseWhenNoCommandIsGiven() {
        assertRefused(Run.of(), "Missing required subcommand");
    }

    @ParameterizedTest
    @CsvSource({"frob, frob", "tail --frob /tmp, --frob", "replay, DIR", "tail /tmp --from x, --from", "tail /tmp --from 0, --from",
        "tail /tmp --from -1, --from", "status /tmp --at -1, --at", "status /tmp --at -5, --at", "tail /tmp --format xml, --format",
        "bench, NAME"})
    void shouldNameWhatIsWrongWhenArgumentsAreNotUnderstood(final String arguments, final String named) {
        assertRefused(Run.of(arguments.split(" ", -1)), named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tail", "status", "replay", "verify", "repair", "cursors"})
    void shouldRefuseWhenFolderIsMissing(final String command) {
        assertRefused(Run.of(command, folder.resolve("none").toString()), "no such folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tail", "status", "replay", "verify", "repair"})
    void shouldRefuseWhenFolderHoldsNoJournal(final String command) {
        assertRefused(Run.of(command, folder.toString()), "no journal in " + folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tail", "status", "replay", "verify", "repair"})
    void shouldRefuseWhenFolderIsFile(final String command) throws IOException {
        final Path file = Files.writeString(folder.resolve("file"), "");
        assertRefused(Run.of(command, file.toString()), "not a folder");
    }

    @Test
    void shouldRefuseDoctorWhenFolderIsMissing() {
        assertRefused(Run.of("doctor", folder.resolve("none").toString()), "no such folder");
    }

    @Test
    void shouldRefuseIngestWhenFormatIsUnknown() throws IOException {
        assertRefused(ingest(stream(), "--format", "xml"), "--format must be ami, esl, kamailio, action-url, jsonl or sbe, not xml");
    }

    @Test
    void shouldRefuseIngestWhenPhoneIsNotKnown() throws IOException {
        assertRefused(ingest(stream(), "--format", "action-url"), "needs --user");
        assertRefused(ingest(stream(), "--format", "action-url", "--user", ""), "--user must have 1 to 160 bytes");
        assertRefused(ingest(stream(), "--format", "action-url", "--user", "101", "--device", "d".repeat(121)), "--device must have");
        assertRefused(ingest(stream(), "--format", "action-url", "--user", "101", "--maker", "x"), "--maker must be");
        assertRefused(ingest(stream(), "--format", "action-url", "--user", "101", "--covered-by", "pbx-1"), "--covered-by needs");
        assertRefused(ingest(stream(), "--format", "ami", "--user", "101"), "are of --format action-url, not of ami");
    }

    @Test
    void shouldRefuseIngestWhenFileIsMissing() {
        assertRefused(ingest(folder.resolve("none"), "--format", "ami"), "no such file: " + folder.resolve("none"));
    }

    @Test
    void shouldRefuseIngestWhenFileIsFolder() {
        assertRefused(ingest(folder, "--format", "ami"), "not a file: " + folder);
    }

    @Test
    void shouldRefuseIngestWhenOptionIsMissing() throws IOException {
        assertRefused(Run.of("ingest", stream().toString(), "--format", "ami"), "--source");
    }

    @Test
    void shouldRefuseIngestWhenTenantIsNegative() throws IOException {
        assertRefused(ingest(stream(), "--format", "ami", "--tenant", "-1"), "--tenant");
    }

    @Test
    void shouldRefuseIngestWhenArrivalTimesAreBroken() throws IOException {
        final Path stream = new Capture("02-busy").unpack("", folder);
        Files.writeString(folder.resolve("chunks.idx"), "1.5 rx 0 10\n2.5 rx 11 5\n");
        assertRefused(ingest(stream, "--format", "ami"), "chunks.idx line 2");
    }

    @Test
    void shouldRefuseIngestWhenJournalIsFile() throws IOException {
        final Path file = Files.writeString(folder.resolve("journal"), "");
        assertRefused(Run.of("ingest", stream().toString(), "--format", "ami", "--source", "a", "--journal", file.toString()),
            "--journal must be a folder");
    }

    @Test
    void shouldRefusePositionWhenItIsBeyondTheEnd() {
        final String journal = journal();
        assertAll(
            () -> assertRefused(Run.of("tail", journal, "--from", "1000"), "position 1000 is beyond the end"),
            () -> assertRefused(Run.of("tail", journal, "--from", "-5"), "--from"),
            () -> assertRefused(Run.of("status", journal, "--at", "1000"), "position 1000 is beyond the end"));
    }

    @Test
    void shouldListTypesWhenTypeIsUnknown() {
        assertRefused(Run.of("tail", journal(), "--type", "call.exploded"), "call.established");
    }

    @Test
    void shouldColourErrorsOnTerminalOnly() {
        assertTrue(Run.onTerminal("frob").err().contains("\u001b[31m"));
        assertFalse(Run.of("frob").err().contains("\u001b"));
    }

    private Path stream() throws IOException {
        return Files.writeString(folder.resolve("stream"), "Event: Nothing\r\n\r\n");
    }

    private String journal() {
        final Path stream = new Capture("02-busy").unpack("", folder);
        final String journal = folder.resolve("journal").toString();
        assertEquals(0, Run.of("ingest", stream.toString(), "--format", "ami", "--source", "pbx-1", "--journal", journal).exitCode());
        return journal;
    }

    private Run ingest(final Path stream, final String... options) {
        final String[] arguments = new String[options.length + 6];
        System.arraycopy(new String[] {"ingest", stream.toString(), "--source", "pbx-1", "--journal", folder.resolve("j").toString()}, 0,
            arguments, 0, 6);
        System.arraycopy(options, 0, arguments, 6, options.length);
        return Run.of(arguments);
    }

    private static void assertRefused(final Run run, final String named) {
        assertEquals(ExitCode.USAGE, run.exitCode(), run.err());
        assertEquals("", run.out());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("strowger") && run.err().contains(named), run.err());
    }
}

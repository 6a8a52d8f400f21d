package io.strowger.ops.pains;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.ops.JsonLines;
import io.strowger.ops.Run;
import io.strowger.ops.node.JournalFolder;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.record.RecordCursor;
import io.strowger.router.record.RecordLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Bytes of one source, ingested into a journal of their own by the command line, and what can be read there then.
 */
final class Fed {
    private final Path journal;
    private final Run ingested;
    private final List<Map<String, Object>> events;

    private Fed(final Path journal, final Run ingested) {
        this.journal = journal;
        this.ingested = ingested;
        this.events = tail();
    }

    /** Feeds one connection of an Asterisk server; lines are written with LF alone and fed with CR LF. */
    static Fed ami(final Path folder, final String... blocks) {
        return of(folder, "ami", String.join("", blocks).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Feeds signals, one JSON object a line. */
    static Fed json(final Path folder, final String... lines) {
        return of(folder, "jsonl", (String.join("\n", lines) + '\n').getBytes(StandardCharsets.UTF_8));
    }

    /** Feeds connections, one after the other, as they are. */
    static Fed of(final Path folder, final String format, final byte[]... connections) {
        final List<String> command = new ArrayList<>(List.of("ingest"));
        try {
            for (int i = 0; i < connections.length; i++) {
                command.add(Files.write(folder.resolve("rx." + i + '.' + format), connections[i]).toString());
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        final Path journal = folder.resolve("journal-" + format);
        command.addAll(List.of("--format", format, "--source", "pbx", "--journal", journal.toString()));
        final Run run = Run.of(command.toArray(new String[0]));
        assertEquals(0, run.exitCode(), run.err());
        return new Fed(journal, run);
    }

    /** A journal that was written already. */
    static Fed written(final Path journal) {
        return new Fed(journal, new Run(0, "", ""));
    }

    /** The folder of the journal. */
    String journal() {
        return journal.toString();
    }

    /** What the translation complained of. */
    String complaints() {
        return ingested.err();
    }

    /** Position, chain and digest behind everything. */
    String end() {
        return ingested.lastLine();
    }

    /** The events as JSON objects, with more options of tail. */
    List<Map<String, Object>> tail(final String... options) {
        final List<String> command = new ArrayList<>(List.of("tail", journal(), "--format", "json"));
        command.addAll(List.of(options));
        final Run run = Run.of(command.toArray(new String[0]));
        assertEquals(0, run.exitCode(), run.err());
        return JsonLines.parse(run.lines());
    }

    /** The events of sessions, users and groups in order, by type. */
    List<String> types() {
        return events.stream().map(event -> (String)event.get("type")).filter(type -> !type.startsWith("source.")).toList();
    }

    /** The events of one session in order, by type. */
    List<String> typesOf(final String nativeId) {
        return events.stream().filter(event -> nativeId.equals(data(event).get("nativeId")))
            .map(event -> (String)event.get("type")).toList();
    }

    /** The members of each event of a type, with a space between them. */
    List<String> all(final String type, final String... members) {
        return events.stream().filter(event -> type.equals(event.get("type"))).map(event -> show(data(event), members)).toList();
    }

    /** Members of the lines of a kind that status prints. */
    List<String> status(final String kind, final String... members) {
        return show(Run.of("status", journal(), "--format", "json"), kind, members);
    }

    /** The same as it was at a sequence. */
    List<String> statusAt(final long sequence, final String kind, final String... members) {
        return show(Run.of("status", journal(), "--at", Long.toString(sequence), "--format", "json"), kind, members);
    }

    /** Sequences of the events of a type. */
    List<Long> sequencesOf(final String type) {
        return all(type, "sequence").stream().map(Long::valueOf).toList();
    }

    private static List<String> show(final Run run, final String kind, final String... members) {
        assertEquals(0, run.exitCode(), run.err());
        return JsonLines.parse(run.lines()).stream().filter(line -> kind.equals(line.get("kind")))
            .map(line -> show(line, members)).toList();
    }

    /** How often bytes stand in the signals of the journal. */
    int countInSignals(final byte[] bytes) {
        final RecordCursor records = new RecordCursor();
        final UnsafeBuffer wanted = new UnsafeBuffer(bytes);
        final UnsafeBuffer here = new UnsafeBuffer(0, 0);
        final int[] count = new int[1];
        try (Journal blocks = JournalFolder.read(journal); JournalCursor cursor = blocks.openCursor(1)) {
            cursor.poll((buffer, offset, length) -> {
                records.wrap(buffer, offset);
                while (records.next()) {
                    final int signal = records.record() + RecordLayout.SIGNAL_OFFSET;
                    final int end = signal + RecordLayout.signalLength(buffer, records.record()) - bytes.length;
                    for (int at = signal; at <= end; at++) {
                        here.wrap(buffer, at, bytes.length);
                        count[0] += here.equals(wanted) ? 1 : 0;
                    }
                }
                return true;
            }, Integer.MAX_VALUE);
        }
        return count[0];
    }

    /** The open sessions by native id. */
    List<String> open() {
        return status("session", "nativeId");
    }

    private static Map<?, ?> data(final Map<String, Object> event) {
        return (Map<?, ?>)event.get("data");
    }

    private static String show(final Map<?, ?> object, final String... members) {
        return Arrays.stream(members).map(member -> String.valueOf(object.get(member))).collect(Collectors.joining(" "));
    }
}

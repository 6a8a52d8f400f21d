package io.strowger.ops.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.json.Rfc3339;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.ops.JsonLines;
import io.strowger.ops.Run;
import io.strowger.ops.captures.Capture;
import io.strowger.ops.mapping.GuideLines;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.persistence.JournalRepair;
import io.strowger.persistence.KeptCycles;
import io.strowger.persistence.tail.Cursors;
import io.strowger.persistence.tail.JournalTail;
import io.strowger.persistence.tail.TailRecord;
import io.strowger.persistence.tail.TailStart;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.RecordLayout;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A reader in another language, made by the page on the format alone, reads what Java wrote: all of it, and nothing that is not there. */
class PythonReaderTest {
    private static final int DAYS = 3;
    private static final int MESSAGES_A_DAY = 300;

    /** Never changed once it is made. */
    @TempDir
    private static Path made;

    private static Path original;

    @TempDir
    private Path folder;

    @BeforeAll
    static void writeJournal() throws IOException, InterruptedException {
        PythonReader.assumePython();
        original = made.resolve("journal");
        ingest(Files.write(made.resolve("guide"), GuideLines.read()), "jsonl", "my", original);
        ingest(new Capture("12-queue-complete-agent").unpack("", made), "ami", "pbx-1", original);
        ingest(Files.write(made.resolve("messages"), messages()), "jsonl", "gateway", original);
    }

    @Test
    void shouldReadEveryEventAsTailPrintsItWhenJournalHasEveryType() throws Exception {
        final PythonReader reader = PythonReader.of(original);
        assertEquals("", reader.err());
        assertEquals(0, reader.exitCode());
        final List<Map<String, Object>> events = JsonLines.parse(Run.of("tail", original.toString(), "--format", "json").lines());
        assertEquals(events, reader.lines().stream().map(line -> line.get("event")).filter(event -> null != event).toList());
        assertTrue(cycleFiles(original).size() > DAYS, cycleFiles(original).toString());
        assertTrue(Run.of("verify", original.toString(), "--blocks").lines().size() > 20, "several blocks");
        assertEquals(Set.of(BlockLayout.ENCODING_PLAIN, BlockLayout.ENCODING_DELTAS), encodings(original));
    }

    @Test
    void shouldReadEveryRecordAsJavaDoesWhenItChangedNothingToo() throws Exception {
        final List<Map<String, Object>> expected = new ArrayList<>();
        final Path journal = copy();
        try (JournalTail tail = JournalTail.open(journal, "java")) {
            while (tail.poll(record -> expected.add(asLine(record)), 100) > 0) {
                assertEquals(expected.size() + 1L, tail.position());
            }
        }
        final PythonReader reader = PythonReader.of(journal);
        final List<Map<String, Object>> lines = reader.lines();
        lines.forEach(line -> line.put("event", null != line.get("event")));
        assertEquals(expected, lines);
        assertTrue(expected.stream().anyMatch(line -> "derived".equals(line.get("record"))));
        assertTrue(expected.stream().anyMatch(line -> "rejected".equals(line.get("outcome"))), "a reject");
    }

    @Test
    void shouldBeginWhereItIsToldWhenAskedTo() throws Exception {
        final long last = lastSequence();
        assertEquals(range(last - 9, last), PythonReader.of(original, "--from", Long.toString(last - 9)).sequences());
        assertEquals(2, PythonReader.of(original, "--from").exitCode());
        assertEquals(2, PythonReader.of(null).exitCode());
        assertEquals(List.of(), PythonReader.of(original, "--from", Long.toString(last + 1)).sequences());
        final PythonReader beyond = PythonReader.of(original, "--from", Long.toString(last + 2));
        assertEquals(1, beyond.exitCode());
        assertEquals("position " + (last + 2) + " is beyond the end (last=" + last + ")", beyond.err().strip());
        assertEquals(1, PythonReader.of(folder).exitCode());
        assertTrue(PythonReader.of(folder).err().startsWith("no journal is in " + folder), PythonReader.of(folder).err());
        assertEquals(1, PythonReader.of(folder, "--cursors").exitCode());
    }

    @Test
    void shouldNameThePlaceWhenAByteIsAnother() throws Exception {
        for (final int at : new int[] {3, 25, 60, 200}) {
            final Path journal = copy();
            final String[] block = block(journal, 12);
            change(file(journal, block), Long.parseLong(block[1]) + at, 1, false);
            final PythonReader reader = PythonReader.of(journal);
            assertEquals(1, reader.exitCode());
            assertTrue(reader.err().startsWith("damaged: ") && reader.err().contains(block[0]), reader.err());
            assertEquals(1, reader.err().lines().count());
            assertEquals(range(1, Long.parseLong(block[3]) - 1), reader.sequences());
        }
    }

    @Test
    void shouldNameTheHoleWhenAPageIsLost() throws Exception {
        for (final int index : new int[] {0, 12, blocks(original).size() - 1}) {
            final Path journal = copy();
            final String[] block = block(journal, index);
            change(file(journal, block), Long.parseLong(block[1]) - Integer.BYTES, Integer.BYTES, true);
            final PythonReader reader = PythonReader.of(journal);
            assertEquals(1, reader.exitCode());
            assertTrue(reader.err().contains("a hole"), reader.err());
            assertEquals(range(1, Long.parseLong(block[3]) - 1), reader.sequences());
        }
    }

    @Test
    void shouldStopBeforeTheBlockWhenItIsNotCommittedYet() throws Exception {
        final Path journal = copy();
        final String[] last = block(journal, blocks(journal).size() - 1);
        final long end = Long.parseLong(last[1]) + Long.parseLong(last[2]) + 3 & ~3L;
        try (RandomAccessFile file = new RandomAccessFile(file(journal, last).toFile(), "rw")) {
            file.seek(end + Integer.BYTES);
            file.write("STRW and half a block".getBytes(StandardCharsets.US_ASCII));
        }
        final PythonReader reader = PythonReader.of(journal);
        assertEquals("", reader.err());
        assertEquals(0, reader.exitCode());
        assertEquals(range(1, lastSequence()), reader.sequences());
    }

    @Test
    @Timeout(120)
    void shouldReadWhatIsThereWhenAWriterIsAtIt() throws Exception {
        final Path journal = folder.resolve("live");
        ingest(made.resolve("guide"), "jsonl", "my", journal);
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final Thread writer = new Thread(() -> ingest(made.resolve("messages"), "jsonl", "gateway", journal), "writer");
        writer.setUncaughtExceptionHandler((thread, ex) -> failure.set(ex));
        writer.start();
        boolean isLast = false;
        while (!isLast) {
            isLast = !writer.isAlive();
            final PythonReader reader = PythonReader.of(journal);
            assertEquals("", reader.err());
            assertEquals(range(1, reader.lines().size()), reader.sequences());
        }
        assertNull(failure.get());
    }

    @Test
    void shouldPassOverWhatIsLostWhenTheJournalWasRepaired() throws Exception {
        final Path journal = copy();
        final String[] block = block(journal, 12);
        change(file(journal, block), Long.parseLong(block[1]) + 100, 1, false);
        assertTrue(new JournalRepair(new ChronicleJournalContext().directory(journal)).run().isDone());
        final PythonReader reader = PythonReader.of(journal);
        assertEquals("", reader.err());
        final long first = Long.parseLong(block[3]);
        final List<Object> expected = new ArrayList<>(range(1, first - 1));
        expected.addAll(range(first + Long.parseLong(block[4]), lastSequence()));
        assertEquals(expected, reader.sequences());
        final PythonReader lost = PythonReader.of(journal, "--from", Long.toString(first));
        assertEquals(1, lost.exitCode());
        assertTrue(lost.err().startsWith("position " + first + " is lost; the journal goes on at "), lost.err());
        assertEquals(range(first + Long.parseLong(block[4]), lastSequence()),
            PythonReader.of(journal, "--from", Long.toString(first + Long.parseLong(block[4]))).sequences());
    }

    @Test
    void shouldBeginWithWhatIsKeptWhenTheFirstFilesAreGone() throws Exception {
        final Path journal = copy();
        final Path oldest = cycleFiles(journal).get(0);
        final Path unfinished = Files.move(oldest, folder.resolve("unfinished"));
        copySparse(unfinished, oldest);
        try (KeptCycles cycles = KeptCycles.open(journal)) {
            cycles.beginWith(cycles.list().get(2));
        }
        Files.move(unfinished, oldest);
        final long first = Long.parseLong(block(journal, 0)[3]);
        final PythonReader reader = PythonReader.of(journal);
        assertEquals("", reader.err());
        assertEquals(range(first, lastSequence()), reader.sequences());
        final PythonReader tooOld = PythonReader.of(journal, "--from", Long.toString(first - 1));
        assertEquals(1, tooOld.exitCode());
        assertEquals("position " + (first - 1) + " is too old (first=" + first + ')', tooOld.err().strip());
    }

    @Test
    void shouldReadCursorsWhenTailsHaveCommitted() throws Exception {
        final Path journal = copy();
        JournalTail.open(journal, "b").close();
        try (JournalTail tail = JournalTail.open(journal, "a-1", TailStart.at(20))) {
            tail.poll(record -> { }, 30);
            tail.commit();
        }
        final List<Map<String, Object>> expected = new ArrayList<>();
        Cursors.list(journal).forEach(cursor -> {
            final Map<String, Object> line = new LinkedHashMap<>();
            line.put("name", cursor.name());
            line.put("position", cursor.position());
            line.put("block", cursor.block());
            line.put("blockCrc", cursor.blockCrc() & 0xFFFFFFFFL);
            line.put("committedMs", cursor.committedMs());
            expected.add(line);
        });
        assertEquals(expected, PythonReader.of(journal, "--cursors").lines());
        assertEquals(List.of(50L, 1L), expected.stream().map(line -> line.get("position")).toList());
        change(journal.resolve("cursors").resolve("b"), 17, 1, false);
        assertEquals(1, PythonReader.of(journal, "--cursors").exitCode());
    }

    private static Map<String, Object> asLine(final TailRecord record) {
        final int reason = RecordLayout.reason(record.buffer(), record.offset());
        final Map<String, Object> line = new LinkedHashMap<>();
        line.put("sequence", record.sequence());
        line.put("record", List.of("", "input", "derived", "continue").get(record.type()));
        line.put("outcome", kebab(record.outcome().name()));
        line.put("reason", 0 == reason ? null : kebab(RejectReason.get((short)reason).name()));
        line.put("journalTime", Rfc3339.format(record.journalTimeNs()));
        line.put("signal", 0 == record.signalLength() ? null : signal(record));
        line.put("event", record.hasEvent());
        return line;
    }

    private static Map<String, Object> signal(final TailRecord record) {
        final int offset = record.signalOffset();
        final long timeNs = SignalLayout.sourceTime(record.buffer(), offset);
        final Map<String, Object> signal = new LinkedHashMap<>();
        signal.put("template", (long)SignalLayout.templateId(record.buffer(), offset));
        signal.put("version", (long)SignalLayout.version(record.buffer(), offset));
        signal.put("sourceSequence", SignalLayout.sourceSequence(record.buffer(), offset));
        signal.put("sourceTime", Long.MIN_VALUE == timeNs ? null : Rfc3339.format(timeNs));
        signal.put("source", (long)SignalLayout.source(record.buffer(), offset));
        signal.put("tenant", (long)SignalLayout.tenant(record.buffer(), offset));
        final List<Object> texts = new ArrayList<>();
        for (int at = SignalLayout.varDataOffset(record.buffer(), offset); at < offset + record.signalLength();) {
            final byte[] bytes = new byte[SignalLayout.textLength(record.buffer(), at)];
            record.buffer().getBytes(at + Short.BYTES, bytes);
            texts.add(0 == bytes.length ? null : new String(bytes, StandardCharsets.UTF_8));
            at += Short.BYTES + bytes.length;
        }
        signal.put("texts", texts);
        return signal;
    }

    private static String kebab(final String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Path copy() throws IOException {
        final Path target = Files.createTempDirectory(folder, "copy");
        try (Stream<Path> files = Files.walk(original)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                final Path to = target.resolve(original.relativize(file).toString());
                Files.createDirectories(to.getParent());
                copySparse(file, to);
            }
        }
        return target;
    }

    /** As long as the file, and with its holes. */
    private static void copySparse(final Path from, final Path to) throws IOException {
        final byte[] part = new byte[1 << 20];
        final byte[] zeros = new byte[part.length];
        try (RandomAccessFile in = new RandomAccessFile(from.toFile(), "r");
            RandomAccessFile out = new RandomAccessFile(to.toFile(), "rw")) {
            out.setLength(in.length());
            int length = in.read(part);
            while (length > 0) {
                if (!Arrays.equals(part, 0, length, zeros, 0, length)) {
                    out.seek(in.getFilePointer() - length);
                    out.write(part, 0, length);
                }
                length = in.read(part);
            }
        }
    }

    private static void change(final Path file, final long offset, final int length, final boolean isZeroed) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            for (int i = 0; i < length; i++) {
                access.seek(offset + i);
                final int old = access.read();
                access.seek(offset + i);
                access.write(isZeroed ? 0 : old ^ 1);
            }
        }
    }

    private static List<String[]> blocks(final Path journal) {
        return Run.of("verify", journal.toString(), "--blocks").lines().stream().filter(line -> line.contains("\t"))
            .map(line -> line.split("\t", -1)).toList();
    }

    private static String[] block(final Path journal, final int index) {
        return blocks(journal).get(index);
    }

    private static Set<Integer> encodings(final Path journal) throws IOException {
        final Set<Integer> encodings = new HashSet<>();
        for (final String[] block : blocks(journal)) {
            try (RandomAccessFile file = new RandomAccessFile(file(journal, block).toFile(), "r")) {
                file.seek(Long.parseLong(block[1]) + BlockLayout.ENCODING_OFFSET);
                encodings.add(file.read());
            }
        }
        return encodings;
    }

    private static Path file(final Path journal, final String[] block) {
        return journal.resolve(block[0]);
    }

    private static long lastSequence() {
        final String[] last = block(original, blocks(original).size() - 1);
        return Long.parseLong(last[3]) + Long.parseLong(last[4]) - 1;
    }

    private static List<Path> cycleFiles(final Path journal) throws IOException {
        try (Stream<Path> files = Files.list(journal.resolve("gen-0"))) {
            return files.filter(file -> file.toString().endsWith(".cq4")).sorted().toList();
        }
    }

    private static List<Object> range(final long first, final long last) {
        return LongStream.rangeClosed(first, last).boxed().map(Object.class::cast).toList();
    }

    private static void ingest(final Path file, final String format, final String source, final Path journal) {
        final Run run = Run.of("ingest", file.toString(), "--format", format, "--source", source, "--journal", journal.toString());
        assertEquals(0, run.exitCode(), run.err());
    }

    /** Small and large ones over some days, each day a cycle, with letters of one to four bytes, and a fact that is refused. */
    private static List<String> messages() {
        final List<String> lines = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            for (int i = 0; i < MESSAGES_A_DAY; i++) {
                lines.add(line("message", day, String.format(Locale.ROOT, "%02d.%09d", i / 10, 1_001 * i),
                    "\"nativeId\":\"m-" + day + '-' + i + "\",\"media\":\"sms\",\"direction\":\"incoming\","
                    + "\"user\":\"101\",\"remoteParty\":\"+49170\",\"text\":\"" + "a\u00e9\u6f22\ud83d\ude00".repeat(i % 90) + '"'));
            }
            lines.add(line("hold", day, "59", "\"nativeId\":\"x\""));
        }
        return lines;
    }

    /** Later than the clock of any machine, which times what has no time of its own. */
    private static String line(final String type, final int day, final String second, final String data) {
        return "{\"specversion\":\"1.0\",\"type\":\"signal." + type + "\",\"time\":\"2099-12-1" + day + "T10:00:" + second
            + "Z\",\"data\":{" + data + "}}";
    }
}

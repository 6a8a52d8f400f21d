package io.strowger.bench.result;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The results of one run: printed as they come, and kept in a folder beside the environment they hold for.
 *
 * <pre>
 *   RESULTS/2026-11-25-cf5b85d0a1/BENCH.jsonl             one result a line: the rounds of a case summed up; then its notes
 *                                 BENCH.txt               the same for a person
 *                                 BENCH.environment.txt   for what machine, JDK, disk, commit and command
 *                                 BENCH*.jmh.log, BENCH*.jmh.json, BENCH*.rounds.csv   raw figures
 * </pre>
 *
 * <p>One thread.
 */
public final class Results {
    private final PrintStream out;
    private final boolean json;
    private final List<ResultLine> lines = new ArrayList<>();
    private final List<ResultNote> notes = new ArrayList<>();

    /**
     * An empty run.
     *
     * @param out  where lines are printed.
     * @param json whether they are printed as JSON; else as text.
     */
    public Results(final PrintStream out, final boolean json) {
        this.out = out;
        this.json = json;
    }

    /**
     * Takes one result and prints it.
     *
     * @param line the result.
     */
    public void add(final ResultLine line) {
        lines.add(line);
        out.println(json ? line.toJson() : line.toText());
        out.flush();
    }

    /**
     * Takes what is to be known beside the figures and prints it.
     *
     * @param note about a case.
     */
    public void add(final ResultNote note) {
        notes.add(note);
        out.println(json ? note.toJson() : note.toText());
        out.flush();
    }

    /**
     * All notes so far.
     *
     * @return in the order they came.
     */
    public List<ResultNote> notes() {
        return List.copyOf(notes);
    }

    /**
     * All results so far.
     *
     * @return in the order they came.
     */
    public List<ResultLine> lines() {
        return List.copyOf(lines);
    }

    /**
     * Keeps all results; files that are there already, of the same day and commit, are replaced.
     *
     * @param folder      of this run, {@link Environment#folder}.
     * @param environment they hold for.
     * @throws IOException when it can't be written.
     */
    public void save(final Path folder, final Environment environment) throws IOException {
        for (final String bench : lines.stream().map(ResultLine::bench).distinct().toList()) {
            final List<ResultLine> own = lines.stream().filter(line -> line.bench().equals(bench)).toList();
            final List<ResultNote> ownNotes = notes.stream().filter(note -> note.bench().equals(bench)).toList();
            Files.write(folder.resolve(bench + ".jsonl"), Stream.concat(own.stream().map(ResultLine::toJson),
                ownNotes.stream().map(ResultNote::toJson)).toList(), StandardCharsets.UTF_8);
            Files.writeString(folder.resolve(bench + ".environment.txt"), environment.toText());
            Files.write(folder.resolve(bench + ".txt"), Stream.concat(own.stream().map(ResultLine::toText),
                ownNotes.stream().map(ResultNote::toText)).toList(), StandardCharsets.UTF_8);
        }
    }
}

package io.strowger.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server's heap held behind each of its garbage collections, by the log of them: lines such as
 * {@code [12.345s] GC(7) Pause Young (Normal) (G1 Evacuation Pause) 51M->12M(64M) 3.402ms}.
 */
final class HeapLog {
    private static final Pattern PAUSE = Pattern.compile("\\[([0-9.]+)s\\] GC\\(\\d+\\) Pause .* \\d+M->(\\d+)M\\(\\d+M\\) .*");

    private final NavigableMap<Double, Integer> heaps = new TreeMap<>();

    private HeapLog(final List<String> lines) {
        for (final String line : lines) {
            final Matcher pause = PAUSE.matcher(line);
            if (pause.matches()) {
                heaps.put(Double.parseDouble(pause.group(1)), Integer.parseInt(pause.group(2)));
            }
        }
    }

    /** Of the lines of a log. */
    static HeapLog of(final List<String> lines) {
        return new HeapLog(lines);
    }

    /** Of a log that is still written. */
    static HeapLog of(final Path log) throws IOException {
        return new HeapLog(Files.readAllLines(log));
    }

    /**
     * The least that was held behind a collection in a time; without one in it, behind the last before.
     *
     * @param fromS seconds since the server began.
     * @param toS   end, likewise.
     * @return MiB.
     */
    int least(final double fromS, final double toS) {
        return heaps.subMap(fromS, toS).values().stream().mapToInt(heap -> heap).min().orElseGet(() -> last(toS));
    }

    /** What was held behind the last collection until a time, in MiB; 0 before the first. */
    int last(final double untilS) {
        return null == heaps.floorEntry(untilS) ? 0 : heaps.floorEntry(untilS).getValue();
    }
}

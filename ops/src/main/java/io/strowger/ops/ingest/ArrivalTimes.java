package io.strowger.ops.ingest;

import io.strowger.ops.console.UsageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When the pieces of a recorded stream arrived: the {@code chunks.idx} beside it.
 *
 * <pre>
 *   # time(epoch s) direction offset length
 *   1795624150.682276 tx 0 70
 *   1795624150.682661 rx 0 521
 * </pre>
 *
 * <p>Only rx lines count. They must follow each other without a hole; bytes behind the last one arrived with it.
 */
public final class ArrivalTimes {
    private static final Pattern STREAM_NAME = Pattern.compile("rx(\\.\\d+)?\\.raw");
    private static final int NANO_DIGITS = 9;

    private long[] times = new long[64];
    private long[] ends = new long[64];
    private int count;

    private ArrivalTimes() {
    }

    /**
     * Reads the index that belongs to a stream.
     *
     * @param stream {@code rx.raw} has {@code chunks.idx} beside it, {@code rx.2.raw} has {@code chunks.2.idx}.
     * @return null when there is none.
     * @throws UsageException when there is one that can't be read.
     */
    public static ArrivalTimes beside(final Path stream) {
        final Matcher name = STREAM_NAME.matcher(stream.getFileName().toString());
        if (!name.matches()) {
            return null;
        }
        final Path index = stream.resolveSibling("chunks" + (null == name.group(1) ? "" : name.group(1)) + ".idx");
        if (!Files.isRegularFile(index)) {
            return null;
        }
        try (BufferedReader lines = Files.newBufferedReader(index, StandardCharsets.UTF_8)) {
            return read(lines, index.toString());
        } catch (final IOException e) {
            throw new UsageException("can't read " + index + ": " + e.getMessage());
        }
    }

    /**
     * Reads an index.
     *
     * @param lines of the index.
     * @param name  for messages.
     * @return the times; possibly of no chunk at all.
     * @throws UsageException at a line that is none of an index.
     */
    public static ArrivalTimes read(final BufferedReader lines, final String name) throws IOException {
        final ArrivalTimes result = new ArrivalTimes();
        int number = 0;
        for (String line = lines.readLine(); null != line; line = lines.readLine()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            final String[] parts = line.trim().split(" ", -1);
            try {
                if ("rx".equals(parts[1])) {
                    result.add(nanos(parts[0]), Long.parseLong(parts[2]), Long.parseLong(parts[3]));
                }
            } catch (final IllegalArgumentException | ArithmeticException | ArrayIndexOutOfBoundsException e) {
                throw new UsageException(name + " line " + number + " is no 'time direction offset length' that follows: " + line);
            }
        }
        return result;
    }

    /** How many chunks arrived. */
    public int count() {
        return count;
    }

    /**
     * When a chunk arrived.
     *
     * @param chunk from 0 to {@link #count()} - 1.
     * @return nanoseconds since 1970.
     */
    public long timeNs(final int chunk) {
        return times[chunk];
    }

    /**
     * Where a chunk ends.
     *
     * @param chunk from 0 to {@link #count()} - 1.
     * @return the offset in the stream behind its last byte.
     */
    public long end(final int chunk) {
        return ends[chunk];
    }

    private void add(final long timeNs, final long offset, final long length) {
        if (offset != (0 == count ? 0 : ends[count - 1]) || length < 0) {
            throw new IllegalArgumentException("a hole");
        }
        if (count == times.length) {
            times = Arrays.copyOf(times, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        times[count] = timeNs;
        ends[count++] = offset + length;
    }

    /** Exact: a double has no room for the microseconds of this century in nanoseconds. */
    private static long nanos(final String seconds) {
        final int point = seconds.indexOf('.');
        final String whole = point < 0 ? seconds : seconds.substring(0, point);
        final String fraction = point < 0 ? "" : seconds.substring(point + 1);
        if (fraction.length() > NANO_DIGITS) {
            throw new IllegalArgumentException("too fine");
        }
        final String digits = fraction + "0".repeat(NANO_DIGITS - fraction.length());
        return Math.addExact(Math.multiplyExact(Long.parseLong(whole), 1_000_000_000L), Long.parseLong(digits));
    }
}

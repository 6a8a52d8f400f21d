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
 *
 * <p>Recorded HTTP connections, {@code http-conn-0007.raw}, have one {@code http.log} beside them: all their bytes arrived with the last
 * request of the connection that it lists.
 *
 * <pre>
 *   1795625446.569059 conn=7 POST /pbx/event HTTP/1.1 ...
 * </pre>
 */
public final class ArrivalTimes {
    private static final Pattern STREAM_NAME = Pattern.compile("(evapi-)?rx(\\.\\d+)?\\.raw");
    private static final Pattern HTTP_NAME = Pattern.compile("http-conn-0*(\\d+)\\.raw");
    private static final int NANO_DIGITS = 9;

    private long[] times = new long[64];
    private long[] ends = new long[64];
    private int count;

    private ArrivalTimes() {
    }

    /**
     * Reads the index that belongs to a stream.
     *
     * @param stream {@code rx.raw} has {@code chunks.idx} beside it, {@code rx.2.raw} has {@code chunks.2.idx}, {@code evapi-rx.raw} has
     *               {@code evapi-chunks.idx}, {@code http-conn-0007.raw} has {@code http.log}.
     * @return null when there is none.
     * @throws UsageException when there is one that can't be read.
     */
    public static ArrivalTimes beside(final Path stream) {
        final String fileName = stream.getFileName().toString();
        final Matcher name = STREAM_NAME.matcher(fileName);
        final Matcher http = HTTP_NAME.matcher(fileName);
        final Path index = name.matches() ? stream.resolveSibling(orEmpty(name.group(1)) + "chunks" + orEmpty(name.group(2)) + ".idx") :
            http.matches() ? stream.resolveSibling("http.log") : null;
        if (null == index || !Files.isRegularFile(index)) {
            return null;
        }
        try (BufferedReader lines = Files.newBufferedReader(index, StandardCharsets.UTF_8)) {
            return http.matches() ? readLog(lines, index.toString(), "conn=" + http.group(1)) : read(lines, index.toString());
        } catch (final IOException e) {
            throw new UsageException("can't read " + index + ": " + e.getMessage());
        }
    }

    private static String orEmpty(final String group) {
        return null == group ? "" : group;
    }

    /**
     * Reads the log of all recorded HTTP connections for one of them.
     *
     * @param connection as the log names it.
     * @return the time of one chunk, or null when the log does not know the connection.
     */
    private static ArrivalTimes readLog(final BufferedReader lines, final String name, final String connection) throws IOException {
        String time = null;
        for (String line = lines.readLine(); null != line; line = lines.readLine()) {
            final String[] parts = line.split(" ", 3);
            if (parts.length > 1 && parts[1].equals(connection)) {
                time = parts[0];
            }
        }
        if (null == time) {
            return null;
        }
        try {
            final ArrivalTimes result = new ArrivalTimes();
            result.add(nanos(time), 0, 0);
            return result;
        } catch (final IllegalArgumentException | ArithmeticException e) {
            throw new UsageException(name + " has no time for " + connection + ": " + time);
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

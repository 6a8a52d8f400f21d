package io.strowger.ops.demo;

import io.strowger.ops.console.FailedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * One bundled capture: what an Asterisk 20 sent to its manager client while real SIP phones did something.
 *
 * @param name  of its folder.
 * @param story what the phones did.
 */
public record DemoCapture(String name, String story) {
    /** All there are, in the order in which they were recorded: one connection of one PBX after the other. */
    static final List<DemoCapture> ALL = List.of(
        new DemoCapture("01-answered-call", "101 calls 102, they talk, 101 hangs up"),
        new DemoCapture("02-busy", "101 calls 102, who is busy"),
        new DemoCapture("04-cancel", "101 calls 102 and gives up"),
        new DemoCapture("06-blind-transfer", "102 sends the call of 101 on to 103"),
        new DemoCapture("07-attended-transfer", "102 asks 103 first, then hands 101 over"),
        new DemoCapture("09-hold-unhold", "101 holds the call, then 102 does"),
        new DemoCapture("10-park-retrieve", "102 parks 101 in slot 701, 103 takes the call from there"),
        new DemoCapture("12-queue-complete-agent", "101 waits in the queue support, 202 answers"),
        new DemoCapture("15-queue-agents", "agents log in, pause, come back and log off"),
        new DemoCapture("16-conference", "101, 102 and 103 meet in conference 400"),
        new DemoCapture("17-recording", "two calls are recorded"));

    /**
     * Unpacks the first of them.
     *
     * @param folder gets a folder for it.
     * @return the stream; its chunks.idx stands beside it.
     */
    public static Path unpackFirst(final Path folder) {
        return ALL.get(0).unpack(folder);
    }

    /**
     * Unpacks the stream with its arrival times.
     *
     * @param folder gets a folder for it.
     * @return the stream; its chunks.idx stands beside it.
     */
    Path unpack(final Path folder) {
        try {
            final Path own = Files.createDirectories(folder.resolve(name));
            unpack("chunks.idx", own);
            return unpack("rx.raw", own);
        } catch (final IOException e) {
            throw new FailedException("can't unpack the bundled capture " + name + ": " + e.getMessage());
        }
    }

    private Path unpack(final String file, final Path folder) throws IOException {
        try (InputStream packed = DemoCapture.class.getResourceAsStream(name + "/" + file + ".gz")) {
            if (null == packed) {
                throw new IOException(file + " is not in the jar");
            }
            Files.copy(new GZIPInputStream(packed), folder.resolve(file));
        }
        return folder.resolve(file);
    }
}

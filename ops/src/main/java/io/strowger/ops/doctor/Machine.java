package io.strowger.ops.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files in which Linux tells about itself ({@code /proc}, {@code /sys}), below a root that a test can choose.
 */
public final class Machine {
    private static final int MOST_BYTES = 1 << 14;

    private final Path root;

    /**
     * A machine.
     *
     * @param root {@code /} for this one.
     */
    public Machine(final Path root) {
        this.root = root;
    }

    /**
     * Reads a small file whole.
     *
     * @param path below the root, without a leading slash.
     * @return without the space around it; null when it is not there or may not be read.
     */
    public String text(final String path) {
        // one large read: Files.readString begins with one byte, and a sysctl file has nothing left for a second read
        try (InputStream in = Files.newInputStream(root.resolve(path))) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip();
        } catch (final IOException e) {
            return null;
        }
    }

    /**
     * Reads a small file by lines.
     *
     * @param path below the root, without a leading slash.
     * @return none when it is not there or may not be read.
     */
    public List<String> lines(final String path) {
        final String text = text(path);
        return null == text ? List.of() : text.lines().toList();
    }

    /**
     * Reads a file that holds one number.
     *
     * @param path below the root, without a leading slash.
     * @return -1 when there is none.
     */
    public long number(final String path) {
        final String text = text(path);
        if (null == text || !text.matches("\\d{1,18}")) {
            return -1;
        }
        return Long.parseLong(text);
    }
}

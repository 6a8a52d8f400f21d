package io.strowger.ops.captures;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A captured scenario. Those that the demo brings along are kept once, with the demo.
 *
 * @param name of its folder.
 */
public record Capture(String name) {
    private static final String TEST_FOLDER = "/captures/asterisk/";
    private static final String DEMO_FOLDER = "/io/strowger/ops/demo/";

    /** All scenarios there are, sorted. */
    public static List<Capture> all() {
        try (Stream<Path> folders = Files.list(Path.of(Capture.class.getResource(TEST_FOLDER).toURI()))) {
            return folders.map(folder -> new Capture(folder.getFileName().toString()))
                .sorted((left, right) -> left.name().compareTo(right.name())).toList();
        } catch (final IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The bytes of one of its files, empty when it has none of that name. */
    public byte[] bytes(final String file) {
        for (final String folder : List.of(TEST_FOLDER, DEMO_FOLDER)) {
            try (InputStream packed = Capture.class.getResourceAsStream(folder + name + "/" + file + ".gz")) {
                if (null != packed) {
                    return new GZIPInputStream(new ByteArrayInputStream(packed.readAllBytes())).readAllBytes();
                }
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new byte[0];
    }

    /** One of its files as text. */
    public String text(final String file) {
        return new String(bytes(file), StandardCharsets.UTF_8);
    }

    /**
     * Unpacks the stream with its arrival times.
     *
     * @param prefix empty, or {@code lean/}.
     * @return the stream; chunks.idx stands beside it.
     */
    public Path unpack(final String prefix, final Path folder) {
        try {
            Files.write(folder.resolve("chunks.idx"), bytes(prefix + "chunks.idx"));
            return Files.write(folder.resolve("rx.raw"), bytes(prefix + "rx.raw"));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}

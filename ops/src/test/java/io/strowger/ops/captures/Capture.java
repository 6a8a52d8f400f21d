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
import java.util.Objects;
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
    private static final List<String> CONNECTIONS = List.of("", "2.");

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
     * Unpacks the first connection's stream with its arrival times.
     *
     * @param prefix empty, or {@code lean/}.
     * @return the stream; chunks.idx stands beside it.
     */
    public Path unpack(final String prefix, final Path folder) {
        return unpackAll(prefix, folder).get(0);
    }

    /**
     * Unpacks the streams of all connections with their arrival times.
     *
     * @param prefix empty, or {@code lean/}.
     * @return the streams in order: one, or two where the client has logged in again; chunks.idx and chunks.2.idx stand beside them.
     */
    public List<Path> unpackAll(final String prefix, final Path folder) {
        return CONNECTIONS.stream().map(connection -> unpack(prefix, connection, folder)).filter(Objects::nonNull).toList();
    }

    /** Whether the client has logged in again. */
    public boolean isReconnected() {
        return received("").size() > 1;
    }

    /** What the client received, a connection each. */
    List<byte[]> received(final String prefix) {
        return CONNECTIONS.stream().map(connection -> bytes(prefix + "rx." + connection + "raw"))
            .filter(bytes -> bytes.length > 0).toList();
    }

    private Path unpack(final String prefix, final String connection, final Path folder) {
        final byte[] stream = bytes(prefix + "rx." + connection + "raw");
        if (0 == stream.length) {
            return null;
        }
        try {
            Files.write(folder.resolve("chunks." + connection + "idx"), bytes(prefix + "chunks." + connection + "idx"));
            return Files.write(folder.resolve("rx." + connection + "raw"), stream);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}

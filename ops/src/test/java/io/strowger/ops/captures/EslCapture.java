package io.strowger.ops.captures;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A captured scenario of a FreeSWITCH server, unpacked.
 *
 * @param name   of its folder.
 * @param folder it is unpacked into.
 */
public record EslCapture(String name, Path folder) {
    private static final String RESOURCES = "/captures/freeswitch/";
    private static final String PACKED = ".zip";

    /** The names of all scenarios there are, sorted. */
    public static List<String> all() {
        try (Stream<Path> files = Files.list(Path.of(EslCapture.class.getResource(RESOURCES).toURI()))) {
            return files.map(file -> file.getFileName().toString()).filter(file -> file.endsWith(PACKED))
                .map(file -> file.substring(0, file.length() - PACKED.length())).sorted().toList();
        } catch (final IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Unpacks a scenario into a folder. */
    public static EslCapture unpack(final String name, final Path folder) {
        try (InputStream packed = EslCapture.class.getResourceAsStream(RESOURCES + name + PACKED);
            ZipInputStream files = new ZipInputStream(packed)) {
            Files.createDirectories(folder.resolve("json"));
            for (ZipEntry entry = files.getNextEntry(); null != entry; entry = files.getNextEntry()) {
                Files.write(folder.resolve(entry.getName()), files.readAllBytes());
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return new EslCapture(name, folder);
    }

    /** The connections in order. */
    public List<Path> connections(final boolean json) {
        final Path place = json ? folder.resolve("json") : folder;
        return Stream.of("rx.raw", "rx.2.raw").map(place::resolve).filter(Files::exists).toList();
    }

    /** What really happened, as lines. */
    List<String> expected() {
        try {
            return Files.readAllLines(folder.resolve("expected.md"), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

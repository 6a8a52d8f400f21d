package io.strowger.ops.captures;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A captured scenario of a Kamailio server, unpacked.
 *
 * @param name   of its folder.
 * @param folder it is unpacked into.
 */
public record ProxyCapture(String name, Path folder) {
    private static final String RESOURCES = "/captures/kamailio/";
    private static final String PACKED = ".zip";

    /** The names of all scenarios there are, sorted. */
    public static List<String> all() {
        try (Stream<Path> files = Files.list(Path.of(ProxyCapture.class.getResource(RESOURCES).toURI()))) {
            return files.map(file -> file.getFileName().toString()).map(file -> file.substring(0, file.length() - PACKED.length()))
                .sorted().toList();
        } catch (final IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Unpacks a scenario into a folder. */
    public static ProxyCapture unpack(final String name, final Path folder) {
        try (InputStream packed = ProxyCapture.class.getResourceAsStream(RESOURCES + name + PACKED);
            ZipInputStream files = new ZipInputStream(packed)) {
            for (ZipEntry entry = files.getNextEntry(); null != entry; entry = files.getNextEntry()) {
                Files.write(folder.resolve(entry.getName()), files.readAllBytes());
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ProxyCapture(name, folder);
    }

    /** The evapi connections in order. */
    public List<Path> evapi() {
        return Stream.of("evapi-rx.raw", "evapi-rx.2.raw").map(folder::resolve).filter(Files::exists).toList();
    }

    /** The HTTP connections in order whose first bytes are the method. */
    public List<Path> http(final String method) {
        try (Stream<Path> files = Files.list(folder)) {
            final List<Path> found = new ArrayList<>();
            for (final Path file : files.filter(path -> path.getFileName().toString().startsWith("http-conn-")).sorted().toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).startsWith(method + " ")) {
                    found.add(file);
                }
            }
            return found;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of its files as lines. */
    List<String> lines(final String file) {
        try {
            return Files.readAllLines(folder.resolve(file));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

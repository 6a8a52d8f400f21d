package io.strowger.ops.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.captures.Capture;
import io.strowger.ops.captures.EslCapture;
import io.strowger.ops.captures.ProxyCapture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real streams through a connector: pauses, splits, drops and restarts change nothing of what the router makes of them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ReplayTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {
        "01-answered-call", "07-attended-transfer", "10-park-retrieve", "12-queue-complete-agent", "16-conference", "20-crash-restart",
        "20b-orderly-stop", "20c-reconnect-midcall", "21-flood-50", "37-lists-in-burst"})
    void shouldFoldAsWithoutNetworkWhenAsteriskIsReplayed(final String name) throws Exception {
        final Capture capture = new Capture(name);
        final List<byte[]> received = Stream.of("rx.raw", "rx.2.raw").map(capture::bytes).filter(bytes -> bytes.length > 0).toList();
        checkEnds(new Replayed(ConnectorDialect.AMI, received, seed()).check(folder, false));
    }

    /** Of those that list nothing themselves: an empty list does not say what it is of but by who has asked for it. */
    @ParameterizedTest
    @ValueSource(strings = {"01-answered", "06-blind-transfer", "11-queue-complete", "18-crash", "23-shutdown"})
    void shouldFoldAsWithoutNetworkWhenFreeSwitchIsReplayed(final String name) throws Exception {
        final EslCapture capture = EslCapture.unpack(name, folder.resolve("capture"));
        final boolean asJson = name.startsWith("0");
        checkEnds(new Replayed(ConnectorDialect.ESL, read(capture.connections(asJson)), seed()).check(folder, asJson));
    }

    @ParameterizedTest
    @ValueSource(strings = {"01-answered", "09-crash"})
    void shouldFoldAsWithoutNetworkWhenKamailioIsReplayed(final String name) throws Exception {
        final ProxyCapture capture = ProxyCapture.unpack(name, Files.createDirectory(folder.resolve("capture")));
        checkEnds(new Replayed(ConnectorDialect.KAMAILIO, read(capture.evapi()), seed()).check(folder, false));
    }

    /** No session has two ends, and nothing comes behind an end. */
    private static void checkEnds(final Map<String, List<String>> stories) {
        stories.forEach((thing, story) -> {
            if (thing.startsWith("session")) {
                final List<String> ends = story.stream().filter(event -> event.startsWith("call.cleared ")).toList();
                assertTrue(ends.size() <= 1, () -> thing + ": " + story);
                if (1 == ends.size()) {
                    assertEquals(ends.get(0), story.get(story.size() - 1), thing);
                }
            }
        });
    }

    private static long seed() {
        final long seed = System.nanoTime();
        System.err.println("seed " + seed);
        return seed;
    }

    private static List<byte[]> read(final List<Path> files) {
        return files.stream().map(file -> {
            try {
                return Files.readAllBytes(file);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }).toList();
    }
}

package io.strowger.ops.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.access.Tokens;
import io.strowger.ops.config.ListenerConfig;
import io.strowger.ops.config.file.ConfigReader;
import io.strowger.ops.log.Heard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that starts names each port that it listens at. */
@Timeout(60)
class ListeningTest {
    @TempDir
    private Path folder;

    @Test
    void shouldNameEachPort() throws Exception {
        final Path file = Files.writeString(folder.resolve("server.yaml"), """
            journal: {directory: JOURNAL}
            listen: {http: {port: 0}, sbe: {port: 0}, sources: {port: 0}, sourcesHttp: {port: 0}}
            applications:
              - {id: owner, tenant: 1, tokens: [{sha256: OWNER}], read: {}, operate: true}
            """.replace("JOURNAL", folder.resolve("journal").toString()).replace("OWNER", Tokens.hash("owner")));
        try (Heard heard = Heard.all(); Server server = Server.start(ConfigReader.read(file), note -> { })) {
            final List<Listening> all = server.listening();
            assertEquals(List.of("applications http", "applications sbe", "sources sbe", "sources http"),
                all.stream().map(each -> each.who() + ' ' + each.address().replaceFirst(":.*", "")).toList());
            assertEquals(server.url(), all.get(0).address());
            assertEquals(server.sourcesUrl(), all.get(3).address());
            assertTrue(all.get(2).address().endsWith(":" + server.sourcesPort()));
            final String line = heard.lines().stream().filter(each -> each.startsWith("INFO serves at ")).findFirst().orElseThrow();
            all.forEach(each -> assertTrue(line.contains(each.address() + " for " + each.who()), line));
        }
    }

    @Test
    void shouldWriteAddressThatHasColonsSoThatItCanBeUsed() {
        assertEquals("http://[::1]:7088", Listening.http("applications", new ListenerConfig("::1", 0, null, false), 7_088).address());
    }
}

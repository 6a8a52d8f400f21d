package io.strowger.ops.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.config.ApplicationConfig;
import io.strowger.ops.config.ServerConfig;
import io.strowger.ops.config.SourceConfig;
import io.strowger.ops.config.WebhookConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration that the page on the server shows is one. */
class ConfigExampleTest {
    private static final Path PAGE = Path.of("docs", "server.md");
    private static final String BEGIN = "```yaml\n";

    @TempDir
    private Path folder;

    @Test
    void shouldTakeWhatThePageShows() throws Exception {
        final String page = Files.readString(PAGE);
        final int from = page.indexOf(BEGIN) + BEGIN.length();
        final String shown = page.substring(from, page.indexOf("```", from));
        Files.copy(Pem.of(folder, "tls", "EC").certificate(), folder.resolve("ca.pem"));
        Files.writeString(folder.resolve("pbx-1.secret"), "secret");
        Files.writeString(folder.resolve("billing.secret"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        final Path file = Files.writeString(folder.resolve("server.yaml"), shown.replace("/etc/strowger/", folder + "/"));
        final ConfigException placeholder = assertThrows(ConfigException.class, () -> ConfigReader.read(file));
        assertTrue(placeholder.getMessage().contains("applications[0].tokens[0].sha256: is what ops/strowger config token prints"),
            "nobody copies a token");
        final String read = Files.readString(file);
        Files.writeString(file, read.replace("HASH-OF-A-TOKEN", "a".repeat(64)).replace("HASH-OF-ITS-TOKEN", "b".repeat(64)));
        final ServerConfig config = ConfigReader.read(file);
        assertEquals(List.of("pbx-1", "switch-7", "phones"), config.sources().stream().map(SourceConfig::name).toList());
        assertEquals(List.of("crm"), config.applications().stream().map(ApplicationConfig::id).toList());
        assertEquals(List.of("billing"), config.webhooks().stream().map(WebhookConfig::name).toList());
        assertEquals(Map.of("context", "internal", "trunk", "PJSIP/{number}@carrier"), config.sources().get(0).connect().actions());
        assertEquals("secret", config.sources().get(0).connect().login().password());
    }
}

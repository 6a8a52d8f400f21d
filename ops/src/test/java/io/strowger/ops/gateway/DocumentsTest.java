package io.strowger.ops.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.strowger.ops.act.ActionForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents of the gateway say what its code does: read off its sources, as a newcomer would. */
class DocumentsTest {
    private static final Path SOURCES = Path.of("src/main/java/io/strowger/ops");
    private static final Pattern ROUTE = Pattern.compile("web\\.(get|post)\\(\"([^\"]+)\"\\)");
    private static final Pattern SENT = Pattern.compile("\"op\\\\?\"(?:, |:\\\\?)\"([a-z-]+)\\\\?\"|\\\\\"op\\\\\":\\\\\"([a-z-]+)\\\\\"");
    private static final Pattern TAKEN = Pattern.compile("case \"([a-z]+)\" ->");

    @TempDir
    private Path folder;

    @Test
    void shouldNameEveryRouteAndNoOther() throws IOException {
        final Set<String> routes = new TreeSet<>();
        for (final String text : sources("gateway/GatewayRoutes.java", "server/Operations.java")) {
            final Matcher route = ROUTE.matcher(text);
            while (route.find()) {
                routes.add(route.group(1) + " " + route.group(2));
            }
        }
        final Set<String> documented = new TreeSet<>();
        final JsonNode paths = read("openapi.yaml").get("paths");
        paths.fieldNames().forEachRemaining(path ->
            paths.get(path).fieldNames().forEachRemaining(verb -> documented.add(verb + " " + path)));
        assertEquals(routes, documented);
        assertTrue(routes.contains("post /actions"));
    }

    @Test
    void shouldNameEveryMessageAndNoOther() throws IOException {
        final Set<String> messages = new TreeSet<>();
        for (final String text : sources("gateway/socket/SocketSession.java", "gateway/socket/SocketSink.java")) {
            final Matcher sent = SENT.matcher(text.replaceAll("(?m)^ \\*.*$", ""));
            while (sent.find()) {
                messages.add(null == sent.group(1) ? sent.group(2) : sent.group(1));
            }
            final Matcher taken = TAKEN.matcher(text);
            while (taken.find()) {
                messages.add(taken.group(1));
            }
        }
        final Set<String> documented = new TreeSet<>();
        final JsonNode all = read("asyncapi.yaml").at("/channels/stream/messages");
        all.fieldNames().forEachRemaining(name -> {
            documented.add(name);
            assertEquals(name, all.get(name).at("/payload/properties/op/const").asText());
        });
        assertEquals(messages, documented);
    }

    @Test
    void shouldNameEveryFieldOfEveryAction() throws IOException {
        final JsonNode action = read("openapi.yaml").at("/components/schemas/action/properties");
        final Set<String> fields = new TreeSet<>(List.of("key", "action", "deadline", "timeoutMs"));
        ActionForm.all().forEach(form -> form.fields().forEach(field -> fields.add(field.name())));
        final Set<String> documented = new TreeSet<>();
        action.fieldNames().forEachRemaining(documented::add);
        assertEquals(fields, documented);
        final List<String> names = new ArrayList<>();
        action.at("/action/enum").forEach(name -> names.add(name.asText()));
        assertEquals(ActionForm.all().stream().map(ActionForm::action).toList(), names);
    }

    @Test
    void shouldBeServedToAnybody() {
        try (LiveGateway gateway = new LiveGateway(folder, GatewayLimits.DEFAULT)) {
            assertTrue(gateway.get("/openapi.yaml", null).body().startsWith("openapi: 3.1.0"));
            assertTrue(gateway.get("/asyncapi.yaml", null).body().startsWith("asyncapi: 3.0.0"));
        }
    }

    private static List<String> sources(final String... files) {
        return Stream.of(files).map(file -> {
            try {
                return Files.readString(SOURCES.resolve(file));
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }).toList();
    }

    private static JsonNode read(final String name) throws IOException {
        return new YAMLMapper().readTree(DocumentsTest.class.getResourceAsStream(name));
    }
}

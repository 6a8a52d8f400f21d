package io.strowger.ops.config.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.strowger.ops.config.ServerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reads the configuration of the server.
 */
public final class ConfigReader {
    private static final String SCHEMA = "server.schema.json";
    private static final long LONGEST_FILE = 1 << 20;

    private final YAMLFactory yaml = YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    private final YAMLMapper trees = new YAMLMapper(yaml);
    private final JsonMapper values = JsonMapper.builder()
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .addModule(new InstantModule())
        .build();
    private final JsonSchema schema = schema();
    private final Path file;
    private YamlLines lines;
    private Complaints complaints;

    private ConfigReader(final Path file) {
        this.file = file;
    }

    /**
     * Reads a file and checks all of it.
     *
     * @throws ConfigException that names each line and key that is wrong.
     */
    public static ServerConfig read(final Path file) throws ConfigException {
        return read(file, warning -> { });
    }

    /**
     * Reads a file and checks all of it.
     *
     * @param warnings told what can be used, but hardly as it was meant, each as {@code FILE:LINE: KEY: warning: REASON}; also of a file
     *                 that is wrong.
     * @throws ConfigException that names each line and key that is wrong.
     */
    public static ServerConfig read(final Path file, final Consumer<String> warnings) throws ConfigException {
        return new ConfigReader(file).readAll(warnings);
    }

    /** The schema, for who writes a configuration. */
    public static InputStream schemaFile() {
        return ConfigReader.class.getResourceAsStream(SCHEMA);
    }

    private ServerConfig readAll(final Consumer<String> warnings) throws ConfigException {
        final JsonNode tree = tree(text());
        complaints = new Complaints(file, lines);
        for (final ValidationMessage message : schema.validate(tree)) {
            complain(message, tree);
        }
        if (!tree.isObject()) {
            throw new ConfigException(complaints.wrong());
        }
        new FilePaths(file, complaints).resolve(tree);
        final ServerConfig config = bind(tree);
        new ConfigCheck(complaints, Clock.systemUTC()).check(config);
        complaints.warnings().forEach(warnings);
        if (!complaints.isEmpty()) {
            throw new ConfigException(complaints.wrong());
        }
        return config;
    }

    /** What can't be read is taken out, so that the rest is looked at all the same. */
    private void complain(final ValidationMessage message, final JsonNode tree) {
        final String place = message.getInstanceLocation().toString();
        final String inner = null == message.getProperty() ? place : place + '/' + message.getProperty();
        switch (message.getType()) {
            case "additionalProperties" -> {
                complaints.unknown(inner, reason(message));
                TreePrune.take(tree, inner);
            }
            case "required" -> complaints.breaks(inner, place, reason(message));
            default -> {
                complaints.breaks(place, place, reason(message));
                TreePrune.take(tree, place);
            }
        }
    }

    private String text() throws ConfigException {
        try {
            if (!Files.isRegularFile(file)) {
                throw new ConfigException(List.of((Files.exists(file) ? "not a file: " : "no such file: ") + file));
            }
            if (Files.size(file) > LONGEST_FILE) {
                throw new ConfigException(List.of(file + " is longer than 1 MiB"));
            }
            return Files.readString(file);
        } catch (final IOException e) {
            throw new ConfigException(List.of("can't read " + file + ": " + e.getMessage()));
        }
    }

    private JsonNode tree(final String text) throws ConfigException {
        try {
            lines = new YamlLines(yaml, text);
            return trees.readTree(text);
        } catch (final JsonProcessingException e) {
            final YamlFault fault = YamlFault.of(e);
            throw new ConfigException(List.of(file + ":" + fault.line() + ": " + fault.reason()));
        } catch (final IOException e) {
            throw new ConfigException(List.of(file + ": " + e.getMessage()));
        }
    }

    /** The schema lets nothing through that this refuses, but for dates that are none, and numbers that are too great. */
    private ServerConfig bind(final JsonNode tree) throws ConfigException {
        while (true) {
            try {
                return values.treeToValue(tree, ServerConfig.class);
            } catch (final JsonMappingException e) {
                final String pointer = e.getPath().stream()
                    .map(part -> "/" + (null == part.getFieldName() ? Integer.toString(part.getIndex()) : part.getFieldName()))
                    .collect(Collectors.joining());
                complaints.breaks(pointer, pointer, firstLine(e.getOriginalMessage()));
                if (!TreePrune.take(tree, pointer)) {
                    throw new ConfigException(complaints.wrong());
                }
            } catch (final JsonProcessingException e) {
                throw new ConfigException(List.of(file + ": " + firstLine(e.getOriginalMessage())));
            }
        }
    }

    private static String reason(final ValidationMessage message) {
        return switch (message.getType()) {
            case "additionalProperties" -> "there is no such key";
            case "required" -> "needs " + message.getProperty();
            case "pattern" -> shape(message.getInstanceLocation().toString());
            default -> message.getMessage().substring(message.getMessage().indexOf(": ") + 2);
        };
    }

    /** What a text looks like that has a pattern, by its key. */
    private static String shape(final String pointer) {
        return switch (pointer.substring(pointer.lastIndexOf('/') + 1)) {
            case "address" -> "is a host and a port, as 10.0.0.5:5038";
            case "sha256" -> "is what ops/strowger config token prints: 64 digits of 0-9 and a-f";
            case "expires" -> "is a time, as \"2027-01-01T00:00:00Z\"";
            case "url" -> "begins with http:// or https://";
            default -> "is of 1 to 48 letters, digits, _ and -";
        };
    }

    private static String firstLine(final String text) {
        return text.lines().findFirst().orElse("");
    }

    private static JsonSchema schema() {
        try (InputStream in = schemaFile()) {
            final SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                .pathType(PathType.JSON_POINTER).locale(Locale.ROOT).build();
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in, config);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

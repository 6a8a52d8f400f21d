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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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

    private ConfigReader(final Path file) {
        this.file = file;
    }

    /**
     * Reads a file and checks all of it.
     *
     * @throws ConfigException that names each line and key that is wrong.
     */
    public static ServerConfig read(final Path file) throws ConfigException {
        return new ConfigReader(file).read();
    }

    /** The schema, for who writes a configuration. */
    public static InputStream schemaFile() {
        return ConfigReader.class.getResourceAsStream(SCHEMA);
    }

    private ServerConfig read() throws ConfigException {
        final JsonNode tree = tree(text());
        final List<Complaint> complaints = new ArrayList<>();
        final Set<ValidationMessage> messages = schema.validate(tree);
        for (final ValidationMessage message : messages) {
            final String pointer = pointer(message);
            complaints.add(new Complaint(lines.of(pointer), key(pointer), reason(message)));
        }
        throwAll(complaints);
        final ServerConfig config = bind(tree);
        new ConfigCheck((pointer, reason) -> complaints.add(new Complaint(lines.of(pointer), key(pointer), reason))).check(config);
        throwAll(complaints);
        return config;
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
            final int line = null == e.getLocation() ? 1 : e.getLocation().getLineNr();
            throw new ConfigException(List.of(file + ":" + line + ": " + firstLine(e.getOriginalMessage())));
        } catch (final IOException e) {
            throw new ConfigException(List.of(file + ": " + e.getMessage()));
        }
    }

    private ServerConfig bind(final JsonNode tree) throws ConfigException {
        try {
            return values.treeToValue(tree, ServerConfig.class);
        } catch (final JsonMappingException e) {
            // the schema lets nothing through that this refuses, but for dates that are none
            final String pointer = e.getPath().stream()
                .map(part -> "/" + (null == part.getFieldName() ? Integer.toString(part.getIndex()) : part.getFieldName()))
                .collect(Collectors.joining());
            throw new ConfigException(
                List.of(file + ":" + lines.of(pointer) + ": " + key(pointer) + firstLine(e.getOriginalMessage())));
        } catch (final JsonProcessingException e) {
            throw new ConfigException(List.of(file + ": " + firstLine(e.getOriginalMessage())));
        }
    }

    private void throwAll(final List<Complaint> complaints) throws ConfigException {
        if (!complaints.isEmpty()) {
            throw new ConfigException(complaints.stream().sorted(Comparator.comparingInt(Complaint::line))
                .map(complaint -> file + ":" + complaint.line() + ": " + complaint.key() + complaint.reason()).distinct().toList());
        }
    }

    /** A member too many is where it stands, not where its object does. */
    private static String pointer(final ValidationMessage message) {
        final String place = message.getInstanceLocation().toString();
        return null == message.getProperty() || !"additionalProperties".equals(message.getType()) ? place
            : place + '/' + message.getProperty();
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

    /** {@code /sources/0/name} as {@code sources[0].name: }. */
    private static String key(final String pointer) {
        return pointer.isEmpty() ? "" : pointer.substring(1).replaceAll("/([0-9]+)", "[$1]").replace('/', '.') + ": ";
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

    /** Something wrong in a line. */
    private record Complaint(int line, String key, String reason) {
    }
}

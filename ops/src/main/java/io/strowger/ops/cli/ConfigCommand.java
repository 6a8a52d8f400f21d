package io.strowger.ops.cli;

import io.strowger.ops.access.Tokens;
import io.strowger.ops.config.file.ConfigException;
import io.strowger.ops.config.file.ConfigReader;
import io.strowger.ops.console.Console;
import io.strowger.ops.console.ExitCode;
import io.strowger.ops.console.FailedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What belongs to a configuration. */
@Command(name = "config", synopsisSubcommandLabel = "COMMAND",
    description = "Checks a configuration of the server, and makes tokens for it.")
final class ConfigCommand {
    private final Console console;

    ConfigCommand(final Console console) {
        this.console = console;
    }

    @Command(name = "check", description = "Names line and key of everything that is wrong in a configuration.")
    int check(@Parameters(paramLabel = "FILE", description = "the configuration, YAML") final Path file) {
        try {
            ConfigReader.read(file);
            console.out().println(file + ": fine");
            return ExitCode.FINE;
        } catch (final ConfigException e) {
            e.complaints().forEach(console::error);
            return ExitCode.FAILED;
        }
    }

    @Command(name = "token", description = "Makes a token, and the hash of it that a configuration holds.")
    int token() {
        final String token = Tokens.create();
        console.out().println("token   " + token);
        console.out().println("sha256  " + Tokens.hash(token));
        return ExitCode.FINE;
    }

    @Command(name = "schema", description = "Prints the JSON schema of a configuration, for editors.")
    int schema() {
        try (InputStream schema = ConfigReader.schemaFile()) {
            console.out().print(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
            return ExitCode.FINE;
        } catch (final IOException e) {
            throw new FailedException("can't read the schema: " + e.getMessage());
        }
    }
}

package io.strowger.ops.cli;

import io.strowger.ops.act.ActClient;
import io.strowger.ops.act.ActionForm;
import io.strowger.ops.act.ActionOutcome;
import io.strowger.ops.console.Console;
import io.strowger.ops.console.ExitCode;
import io.strowger.ops.console.Printable;
import io.strowger.ops.console.UsageException;
import io.strowger.ops.node.ServerFolder;
import io.strowger.router.action.ActionGrant;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** Actions, one sub-command each, made of the schema. */
@Command(name = "act", synopsisSubcommandLabel = "ACTION",
    description = "Asks a running router for an action, and says what became of it.",
    footer = {"", "The token is that of STROWGER_TOKEN, of --token-file, or of a server that was started without a configuration.",
        "What happened stands in one line: action, key, status (done, failed, timed-out, unknown) and the reason.",
        "Asked again with the same --key, an action is not done again: its outcome is said again.", ActCommand.EXIT_CODES})
final class ActCommand {
    /** Of every action. */
    static final String EXIT_CODES = "Exit code 0: done; 1: failed, timed out or not known, or an error; 2: wrong usage."
        + " An error that begins with \"not asked:\" says that nothing was done.";

    private ActCommand() {
    }

    /** The command with its sub-commands. */
    static CommandLine line(final Console console) {
        final CommandLine act = new CommandLine(new ActCommand());
        for (final ActionForm form : ActionForm.all()) {
            final Ask ask = new Ask(console, form);
            final CommandLine line = new CommandLine(ask);
            ask.addFields(line.getCommandSpec());
            line.getCommandSpec().usageMessage().description(form.purpose()).footer("", EXIT_CODES);
            act.addSubcommand(form.action(), line);
        }
        return act;
    }

    /** One action. */
    @Command
    private static final class Ask implements Callable<Integer> {
        private static final String TOKEN_VARIABLE = "STROWGER_TOKEN";
        private static final int MOST_SECONDS = 86_400;

        private final Console console;
        private final ActionForm form;
        private final Map<String, OptionSpec> fields = new LinkedHashMap<>();

        @Option(names = "--key", paramLabel = "KEY",
            description = "your name for this action, 1 to 64 bytes: asked again with it, nothing is done twice (default: a new one)")
        private String key;

        @Option(names = "--timeout", paramLabel = "SECONDS",
            description = "how long it may take, 1 to 86400; a call that nobody answers by then is given up (default: 30, of a fax 600)")
        private Integer timeoutSeconds;

        @Option(names = "--url", paramLabel = "URL", defaultValue = "http://127.0.0.1:7088",
            description = "where the router listens for applications (default: http://127.0.0.1:7088)")
        private String url;

        @Option(names = "--token-file", paramLabel = "FILE",
            description = "holds the token of the application that asks (default: STROWGER_TOKEN, else the token of a local serve)")
        private Path tokenFile;

        @Option(names = "--ca", paramLabel = "FILE",
            description = "where --url is https: certificates (PEM) of who has signed the router's (default: what the JVM trusts)")
        private Path authorities;

        @Option(names = "--format", paramLabel = "text|json", defaultValue = "text",
            description = "text: a line for people; json: the router's answer, one object")
        private OutputFormat format;

        Ask(final Console console, final ActionForm form) {
            this.console = console;
            this.form = form;
        }

        private void addFields(final CommandSpec spec) {
            for (final ActionForm.Field field : form.fields()) {
                final OptionSpec option = OptionSpec.builder("--" + field.word())
                    .type(field.isNumber() ? Integer.class : String.class).paramLabel(field.label())
                    .description(field.meaning()).build();
                spec.addOption(option);
                fields.put(field.name(), option);
            }
        }

        @Override
        public Integer call() throws InterruptedException {
            final Duration timeout = timeout();
            final ActionOutcome outcome = new ActClient(address(), token(), authorities).act(json(timeout), timeout);
            console.out().println(OutputFormat.JSON == format ? outcome.json()
                : Printable.of(outcome.action() + ' ' + outcome.key() + ' ' + outcome.status()
                    + (outcome.text().isBlank() ? "" : "  " + outcome.text().strip())
                    + (outcome.isRepeated() ? "  (of an earlier ask with this key)" : "")));
            return outcome.isDone() ? ExitCode.FINE : ExitCode.FAILED;
        }

        private Duration timeout() {
            if (null == timeoutSeconds) {
                final long usualMs = ActionGrant.TIMEOUT_MS_DEFAULT;
                return Duration.ofMillis("send-fax".equals(form.action()) ? ActionGrant.FAX_TIMEOUTS * usualMs : usualMs);
            }
            if (timeoutSeconds < 1 || timeoutSeconds > MOST_SECONDS) {
                throw new UsageException("--timeout must be from 1 to " + MOST_SECONDS + " seconds, not " + timeoutSeconds);
            }
            return Duration.ofSeconds(timeoutSeconds);
        }

        private URI address() {
            try {
                final URI address = new URI(url);
                if (null != address.getHost() && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
                    return address;
                }
            } catch (final URISyntaxException e) {
                // as for one that is of another kind
            }
            throw new UsageException("--url must be as http://127.0.0.1:7088, not " + url);
        }

        private Map<String, Object> json(final Duration timeout) {
            final Map<String, Object> json = new LinkedHashMap<>();
            json.put("key", null == key ? UUID.randomUUID().toString() : key);
            json.put("action", form.action());
            if (null != timeoutSeconds) {
                // from when it comes to the router, whose clock counts
                json.put("timeoutMs", timeout.toMillis());
            }
            fields.forEach((name, option) -> {
                if (null != option.getValue()) {
                    json.put(name, option.getValue());
                }
            });
            return json;
        }

        private String token() {
            final String given = System.getenv(TOKEN_VARIABLE);
            if (null == tokenFile && null != given && !given.isEmpty()) {
                return given;
            }
            final Path file = null == tokenFile ? ServerFolder.token(ServerFolder.path()) : tokenFile;
            try {
                return Files.readString(file).strip();
            } catch (final IOException e) {
                throw new UsageException("no token: set " + TOKEN_VARIABLE + ", or give --token-file; there is none in " + file);
            }
        }
    }
}

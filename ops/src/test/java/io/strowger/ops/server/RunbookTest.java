package io.strowger.ops.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the runbook tells to type is there, and so is what it says that the log says. */
class RunbookTest {
    private static final Path RUNBOOK = Path.of("docs", "runbook.md");
    private static final Pattern COMMAND = Pattern.compile("ops/strowger ([a-z-]+[^`|;&#\\n]*)");
    private static final Pattern SUB_COMMAND = Pattern.compile("[a-z][a-z-]+");
    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");
    private static final Pattern LOG_LINE = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z (?:ERROR|WARNING|INFO) (.*)");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern PATH = Pattern.compile("\\$(?:URL|SERVER)(/[a-z/]+)");
    private static final int SAYS_SOMETHING = 9;

    private final String text;

    RunbookTest() throws IOException {
        text = Files.readString(RUNBOOK);
    }

    @Test
    void shouldTellOnlyCommandsThatThereAre() {
        final Set<String> commands = new TreeSet<>();
        COMMAND.matcher(text).results().map(found -> found.group(1).strip()).forEach(commands::add);
        assertTrue(commands.size() > 10, commands.toString());
        for (final String command : commands) {
            final String[] words = command.split(" +", -1);
            final List<String> asked = new ArrayList<>(List.of(words[0]));
            if (List.of("config", "act").contains(words[0]) && words.length > 1 && SUB_COMMAND.matcher(words[1]).matches()) {
                asked.add(words[1]);
            }
            asked.add("--help");
            final Run help = Run.of(asked.toArray(new String[0]));
            assertEquals(0, help.exitCode(), command);
            OPTION.matcher(command).results().map(MatchResult::group)
                .forEach(option -> assertTrue(help.out().contains(option), () -> command + ": no " + option + " in " + help.out()));
        }
    }

    @Test
    void shouldShowOnlyLogLinesThatAServerWrites() throws IOException {
        final Set<String> literals = new TreeSet<>();
        for (final Path folder : List.of(Path.of("src", "main", "java"), Path.of("..", "persistence", "src", "main", "java"),
            Path.of("..", "router-core", "src", "main", "java"))) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(file -> LITERAL.matcher(read(file)).results()
                    .map(found -> found.group(1)).filter(RunbookTest::saysSomething).forEach(literals::add));
            }
        }
        final List<String> lines = LOG_LINE.matcher(text).results().map(found -> found.group(1)).toList();
        assertTrue(lines.size() > 8, lines.toString());
        for (final String line : lines) {
            assertTrue(literals.stream().anyMatch(line::contains), () -> "nothing says: " + line);
        }
    }

    @Test
    void shouldAskOnlyForPathsThatThereAre() throws IOException {
        final String routes = read(Path.of("src/main/java/io/strowger/ops/gateway/GatewayRoutes.java"))
            + read(Path.of("src/main/java/io/strowger/ops/server/Operations.java"));
        final Set<String> paths = new TreeSet<>();
        PATH.matcher(text).results().map(found -> found.group(1)).forEach(paths::add);
        assertTrue(paths.size() > 3, paths.toString());
        paths.forEach(path -> assertTrue(routes.contains("\"" + path + "\""), path));
    }

    private static boolean saysSomething(final String literal) {
        return literal.strip().length() >= SAYS_SOMETHING || literal.startsWith(": l");
    }

    private static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

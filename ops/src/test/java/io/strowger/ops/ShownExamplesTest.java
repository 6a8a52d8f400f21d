package io.strowger.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.ops.server.Server;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.router.Router;
import io.vertx.core.Vertx;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents show in Java compiles with the imports that stand there. */
class ShownExamplesTest {
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    /** What an example takes for granted of the program around it. */
    private static final String AROUND = """
        abstract class Around {
            io.strowger.router.journal.Journal journal;
            io.strowger.router.Router router;
            io.strowger.router.dispatch.EventHandler handler;
            org.agrona.concurrent.UnsafeBuffer bytes;
            org.agrona.concurrent.UnsafeBuffer signal;
            int length;
            long nowNs;
            String leg;
            String token;
            String bootedAt;
            java.nio.file.Path directory;
            void show(Object... anything) { }
            void ended(Object... anything) { }
            void idle(Object... anything) { }
            void bill(Object... anything) { }
            void pause() { }
            void awaitEnd() { }
            boolean isRunning() { return true; }
        }
        """;

    @TempDir
    private Path folder;

    @Test
    void shouldCompileWithTheImportsThatStandThere() throws IOException {
        final List<Path> sources = new ArrayList<>();
        sources.add(Files.writeString(folder.resolve("Around.java"), AROUND));
        for (final Path page : List.of(Path.of("..", "README.md"), Path.of("docs", "wire.md"))) {
            final Matcher blocks = BLOCK.matcher(Files.readString(page));
            while (blocks.find()) {
                final String name = "Shown" + sources.size();
                sources.add(Files.writeString(folder.resolve(name + ".java"), unit(name, blocks.group(1))));
            }
        }
        assertTrue(sources.size() > 7, sources.toString());
        assertEquals("", complaints(sources));
    }

    /** Imports, then statements, then methods. */
    private static String unit(final String name, final String block) {
        final String imports = block.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
        final String rest = block.lines().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
        final int methods = rest.indexOf("\nvoid ");
        final String statements = methods < 0 ? rest : rest.substring(0, methods);
        return imports + "\nclass " + name + " extends Around {\nvoid run() throws Exception {\n" + statements + "\n}\n"
            + rest.substring(statements.length()) + "\n}\n";
    }

    private String complaints(final List<Path> sources) throws IOException {
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        final StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            final boolean isFine = compiler.getTask(said, files, null, List.of("-proc:none", "-d", folder.toString(), "-cp", classPath()),
                null, files.getJavaFileObjectsFromPaths(sources)).call();
            return isFine ? "" : said.toString();
        }
    }

    private static String classPath() {
        return Stream.concat(Stream.of(System.getProperty("java.class.path")),
            Stream.of(SignalLayout.class, Router.class, ChronicleJournal.class, Server.class, DirectBuffer.class, Vertx.class)
                .map(ShownExamplesTest::place)).collect(Collectors.joining(File.pathSeparator));
    }

    private static String place(final Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        } catch (final URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}

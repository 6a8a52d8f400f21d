package io.strowger.ops.cli;

import io.strowger.ops.console.Console;
import io.strowger.ops.console.ExitCode;
import io.strowger.ops.demo.DemoCapture;
import io.strowger.ops.demo.TemporaryFolder;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Loads the classes of the common commands by running them: the launcher keeps what was loaded in an archive, from which the next starts
 * take it.
 */
@Command(name = "warm-up", hidden = true, description = "Runs the common commands once, for the launcher's class archive.")
final class WarmUpCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            TemporaryFolder folder = new TemporaryFolder()) {
            final Console console = new Console(nowhere, nowhere, false, false, false);
            final String stream = DemoCapture.unpackFirst(folder.path()).toString();
            final String journal = folder.path().resolve("journal").toString();
            int failures = 0;
            failures += Strowger.run(console, "ingest", stream, "--format", "ami", "--source", "pbx-1", "--journal", journal);
            failures += Strowger.run(console, "tail", journal);
            failures += Strowger.run(console, "tail", journal, "--format", "json");
            failures += Strowger.run(console, "status", journal);
            failures += Strowger.run(console, "status", journal, "--format", "json");
            failures += Strowger.run(console, "replay", journal);
            failures += Strowger.run(console, "verify", journal);
            failures += Strowger.run(console, "doctor", journal);
            failures += Strowger.run(console, "--help");
            return 0 == failures ? ExitCode.FINE : ExitCode.FAILED;
        }
    }
}

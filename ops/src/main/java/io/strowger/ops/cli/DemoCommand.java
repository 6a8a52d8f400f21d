package io.strowger.ops.cli;

import io.strowger.ops.console.Console;
import io.strowger.ops.console.ExitCode;
import io.strowger.ops.demo.Demo;
import io.strowger.ops.demo.TemporaryFolder;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;

/** The main job in one go. */
@Command(name = "demo", description = "Captures of a real PBX through the whole router, into a temporary journal, and replayed from it.",
    footer = {"", "Exits 1 when the replay differs."})
final class DemoCommand implements Callable<Integer> {
    private static final long RATE_NS = TimeUnit.MILLISECONDS.toNanos(2_500);

    private final Console console;

    DemoCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (TemporaryFolder folder = new TemporaryFolder()) {
            return new Demo(console, folder.path(), RATE_NS).run() ? ExitCode.FINE : ExitCode.FAILED;
        }
    }
}

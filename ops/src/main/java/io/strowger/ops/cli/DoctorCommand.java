package io.strowger.ops.cli;

import io.strowger.ops.console.Console;
import io.strowger.ops.console.Counted;
import io.strowger.ops.console.ExitCode;
import io.strowger.ops.console.UsageException;
import io.strowger.ops.doctor.Doctor;
import io.strowger.ops.doctor.Finding;
import io.strowger.ops.doctor.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks at the machine. */
@Command(name = "doctor", description = "What on this machine will hurt, and the one-line cure of each.",
    footer = "Exits 0 when a router can run here, even if it will hurt; 1 when it can't.")
final class DoctorCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", arity = "0..1", paramLabel = "DIR", defaultValue = ".",
        description = "folder that holds a journal, or will (default: the current one)")
    private Path folder;

    @Option(names = "--spin",
        description = "spin on two cores for a second, to see what the machine takes from them; not beside a live router")
    private boolean isSpinning;

    DoctorCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!Files.isDirectory(folder)) {
            throw new UsageException("no such folder: " + folder);
        }
        final List<Finding> findings = Doctor.look(new Machine(Path.of("/")), folder.toAbsolutePath().normalize(), isSpinning);
        int warnings = 0;
        int failures = 0;
        for (final Finding finding : findings) {
            final Console.Colour colour = switch (finding.level()) {
                case OK -> Console.Colour.GREEN;
                case WARN -> Console.Colour.YELLOW;
                case FAIL -> Console.Colour.RED;
            };
            console.out().print(console.paint(colour, "%-4s".formatted(finding.level())));
            console.out().printf("  %-14s %s%n", finding.topic(), finding.text());
            if (!finding.cure().isEmpty()) {
                console.out().println("      cure:          " + finding.cure());
            }
            warnings += Finding.Level.WARN == finding.level() ? 1 : 0;
            failures += Finding.Level.FAIL == finding.level() ? 1 : 0;
        }
        console.out().printf("%d looked at, %d will hurt, %s%n", findings.size(), warnings,
            Counted.of(failures, "forbids it", "forbid it"));
        return 0 == failures ? ExitCode.FINE : ExitCode.FAILED;
    }
}

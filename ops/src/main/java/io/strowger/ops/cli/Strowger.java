package io.strowger.ops.cli;

import io.strowger.ops.console.Console;
import io.strowger.ops.console.ExitCode;
import io.strowger.ops.console.FailedException;
import io.strowger.ops.console.UsageException;
import io.strowger.router.journal.JournalException;
import io.strowger.router.journal.PositionException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * The root of all commands, and how each of them ends.
 */
@Command(name = "strowger", versionProvider = Strowger.Version.class, synopsisSubcommandLabel = "COMMAND",
    description = "An event router for unified communications: one true, ordered, complete stream of events from many call routers.",
    footer = {"", "Exit codes: 0 fine, 1 the check or the job failed, 2 wrong usage."})
public final class Strowger {
    private final Console console;

    private Strowger(final Console console) {
        this.console = console;
    }

    /**
     * Runs one command.
     *
     * @param console where it prints.
     * @param args    command and options.
     * @return the exit code: {@link ExitCode}.
     */
    public static int run(final Console console, final String... args) {
        final Strowger strowger = new Strowger(console);
        try {
            return strowger.execute(args);
        } catch (final Error e) {
            // no memory, no class, a broken mapping: still one line and a code
            return strowger.onFault("strowger", e);
        } finally {
            console.endProgress();
            console.out().flush();
        }
    }

    private int execute(final String... args) {
        final CommandLine root = new CommandLine(this);
        root.addSubcommand(new DemoCommand(console));
        root.addSubcommand(new IngestCommand(console));
        root.addSubcommand(new ServeCommand(console));
        root.addSubcommand(new ConfigCommand(console));
        root.addSubcommand(ActCommand.line(console));
        root.addSubcommand(new TailCommand(console));
        root.addSubcommand(new StatusCommand(console));
        root.addSubcommand(new ReplayCommand(console));
        root.addSubcommand(new VerifyCommand(console));
        root.addSubcommand(new RepairCommand(console));
        root.addSubcommand(new RetainCommand(console));
        root.addSubcommand(new CursorsCommand(console));
        root.addSubcommand(new DoctorCommand(console));
        root.addSubcommand(new BenchCommand(console));
        root.addSubcommand(new WarmUpCommand());
        addHelp(root);
        root.getCommandSpec().addOption(OptionSpec.builder("-V", "--version").type(boolean.class).versionHelp(true)
            .description("show the version and exit").build());
        root.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        root.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        root.setColorScheme(CommandLine.Help.defaultColorScheme(console.coloursOut() ? Ansi.ON : Ansi.OFF));
        root.setParameterExceptionHandler((fault, given) -> onWrongUsage(fault));
        root.setExecutionExceptionHandler((fault, command, parsed) -> onFault(command.getCommandSpec().qualifiedName(), fault));
        root.setCaseInsensitiveEnumValuesAllowed(true);
        return root.execute(args);
    }

    private static void addHelp(final CommandLine command) {
        command.getCommandSpec().addOption(OptionSpec.builder("-h", "--help").type(boolean.class).usageHelp(true)
            .description("show this help and exit").build());
        command.getSubcommands().values().forEach(Strowger::addHelp);
    }

    private int onWrongUsage(final ParameterException fault) {
        final String command = fault.getCommandLine().getCommandSpec().qualifiedName();
        console.error(command + ": " + oneLine(fault.getMessage()) + " (see " + command + " --help)");
        return ExitCode.USAGE;
    }

    private int onFault(final String name, final Throwable fault) {
        if (null != System.getenv("STROWGER_TRACE")) {
            fault.printStackTrace(console.err());
        }
        if (fault instanceof UsageException || fault instanceof PositionException) {
            console.error(name + ": " + oneLine(fault.getMessage()));
            return ExitCode.USAGE;
        }
        if (fault instanceof FailedException || fault instanceof JournalException) {
            console.error(name + ": " + oneLine(fault.getMessage()));
            return ExitCode.FAILED;
        }
        console.error(name + ": a fault of strowger itself: " + oneLine(fault.toString()) + " (STROWGER_TRACE=1 shows where)");
        return ExitCode.FAILED;
    }

    private static String oneLine(final String text) {
        return null == text ? "" : text.strip().replaceAll("\\s*[\\r\\n]+\\s*", "; ");
    }

    /** The version stands in the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            final String version = Strowger.class.getPackage().getImplementationVersion();
            return new String[] {"strowger " + (null == version ? "(not from a jar)" : version), "java " + Runtime.version()};
        }
    }
}

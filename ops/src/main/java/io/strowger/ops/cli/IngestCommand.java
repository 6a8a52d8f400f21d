package io.strowger.ops.cli;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SourceSequence;
import io.strowger.codecs.actionurl.ActionUrlTranslator;
import io.strowger.codecs.kamailio.KamailioSettings;
import io.strowger.codecs.kamailio.KamailioTranslator;
import io.strowger.ops.console.Console;
import io.strowger.ops.console.Counted;
import io.strowger.ops.console.ExitCode;
import io.strowger.ops.console.UsageException;
import io.strowger.ops.ingest.AmiDialect;
import io.strowger.ops.ingest.Dialect;
import io.strowger.ops.ingest.Ingest;
import io.strowger.ops.ingest.IngestReport;
import io.strowger.ops.ingest.IngestSettings;
import io.strowger.ops.ingest.JsonlDialect;
import io.strowger.ops.ingest.SbeDialect;
import io.strowger.ops.ingest.TranslatedDialect;
import io.strowger.ops.node.LocalRouter;
import io.strowger.router.snapshot.SnapshotException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.agrona.concurrent.SystemEpochNanoClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Recorded streams into a journal. */
@Command(name = "ingest", description = "Recorded streams of one source into a journal, exactly once.",
    footer = {"", "The files are consecutive connections of the source. chunks.idx beside rx.raw (chunks.2.idx beside rx.2.raw) tells when "
        + "their bytes arrived, as evapi-chunks.idx beside evapi-rx.raw and http.log beside http-conn-0007.raw do; without it they arrive "
        + "now.", "The same command run again goes on where the journal ends.",
        "Give all files of a source, in order, each time; in jsonl every line ends with a line feed.",
        "The last line is: position N chain HEX digest HEX"})
final class IngestCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "what a connection received, byte by byte")
    private List<Path> files;

    @Option(names = "--format", required = true, paramLabel = "ami|esl|kamailio|action-url|jsonl|sbe",
        description = "what the files hold")
    private String format;

    @Option(names = "--source", required = true, paramLabel = "NAME", description = "name of the source")
    private String source;

    @Option(names = "--tenant", paramLabel = "N", defaultValue = "1", description = "tenant of the source, 0 or more (default: 1)")
    private int tenant;

    @Option(names = "--journal", required = true, paramLabel = "DIR", description = "folder of the journal; made when there is none")
    private Path journal;

    @Option(names = "--acks", description = "print 'sequence file offset' once all facts of a block of the source are journaled")
    private boolean acks;

    @Mixin
    private PhoneOptions phone;

    IngestCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        check();
        try (LocalRouter router = LocalRouter.open(journal, note -> console.note("ingest: " + note))) {
            final Dialect dialect = dialect(router.sourceNumber(tenant, source));
            final IngestReport report = new Ingest(new IngestSettings(files, source, tenant, acks, phone.coveredBy()), dialect, router,
                this::printAck, SystemEpochNanoClock.INSTANCE,
                bytes -> console.progress("ingest: " + (bytes >> 20) + " MiB")).run();
            console.endProgress();
            tell(report, dialect);
            keepSnapshot(router);
            console.out().println(Position.line(router.lastSequence(), router.chain(), router.digest()));
            report.foreign().forEach(file -> console.error("ingest: nothing in " + file + " is " + format));
            return report.foreign().isEmpty() ? ExitCode.FINE : ExitCode.FAILED;
        }
    }

    private void tell(final IngestReport report, final Dialect dialect) {
        dialect.badPlaces().forEach(bad ->
            console.note("ingest: " + files.get(bad.connection()) + ":" + bad.place() + ": " + bad.reason()));
        report.complaints().forEach(complaint -> console.note("ingest: " + complaint));
        if (report.rejected() > 0) {
            console.note("ingest: " + Counted.of(report.rejected(), "signal not taken for its form", "signals not taken for their form")
                + ": strowger tail --raw shows each with its reason");
        }
        if (report.known() > 0) {
            console.note("ingest: " + Counted.of(report.known(), "fact was", "facts were") + " in the journal already");
        }
    }

    /** The next start is quicker with one; without one it is as right. */
    private void keepSnapshot(final LocalRouter router) {
        try {
            router.keepSnapshot();
        } catch (final SnapshotException e) {
            console.note("ingest: no snapshot kept: " + e.getMessage());
        }
    }

    private void printAck(final long sequence, final int file, final long offset) {
        console.out().println(sequence + " " + file + " " + offset);
        console.out().flush();
    }

    private void check() {
        for (final Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new UsageException((Files.exists(file) ? "not a file: " : "no such file: ") + file);
            }
            if (!Files.isReadable(file)) {
                throw new UsageException("no permission to read " + file);
            }
            if (file.toFile().length() > SourceSequence.MAX_BLOCK_END) {
                throw new UsageException(file + " is longer than 16 GiB: split it between two blocks of the source");
            }
        }
        if (files.size() > SourceSequence.MAX_CONNECTION + 1) {
            throw new UsageException("at most " + (SourceSequence.MAX_CONNECTION + 1)
                + " files of one source, those of earlier runs among them");
        }
        final int nameLength = source.getBytes(StandardCharsets.UTF_8).length;
        if (source.isBlank() || nameLength > SignalLayout.MAX_NATIVE_ID_LENGTH) {
            throw new UsageException("--source needs a name of 1 to " + SignalLayout.MAX_NATIVE_ID_LENGTH + " bytes");
        }
        if (tenant < 0) {
            throw new UsageException("--tenant must be 0 or more, not " + tenant);
        }
        if (Files.exists(journal) && !Files.isDirectory(journal)) {
            throw new UsageException("--journal must be a folder, not the file " + journal);
        }
        dialect(0);
    }

    private Dialect dialect(final int number) {
        if (!"action-url".equals(format)) {
            phone.refuse(format);
        }
        return switch (format) {
            case "ami" -> new AmiDialect(number, tenant);
            case "esl" -> TranslatedDialect.esl(number, tenant);
            case "jsonl" -> new JsonlDialect(number, tenant);
            case "sbe" -> new SbeDialect(number, tenant);
            case "kamailio" -> new TranslatedDialect(format, new KamailioTranslator(KamailioSettings.of(number, tenant)));
            case "action-url" -> new TranslatedDialect(format, new ActionUrlTranslator(phone.settings(number, tenant, source)));
            default -> throw new UsageException("--format must be ami, esl, kamailio, action-url, jsonl or sbe, not " + format);
        };
    }
}

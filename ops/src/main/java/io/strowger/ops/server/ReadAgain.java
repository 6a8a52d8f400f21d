package io.strowger.ops.server;

import io.strowger.ops.config.ServerConfig;
import io.strowger.ops.config.file.ConfigException;
import io.strowger.ops.config.file.ConfigReader;
import io.strowger.ops.rounds.Rounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the configuration again when its file has changed, on a thread of its own: tokens come and go without a restart. What takes one
 * is named.
 */
public final class ReadAgain implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Path file;
    private final Consumer<String> notes;
    private final Consumer<String> wrong;
    private final Rounds looks = new Rounds("strowger-config");
    private Server server;
    private ServerConfig started;
    private FileTime seen;

    /**
     * Looks at nothing yet, but remembers how old the file is: before it is read for the first time.
     *
     * @param file  the configuration.
     * @param notes told what was read.
     * @param wrong told what is wrong, and what is not taken before a new start.
     */
    public ReadAgain(final Path file, final Consumer<String> notes, final Consumer<String> wrong) {
        this.file = file;
        this.notes = notes;
        this.wrong = wrong;
        this.seen = changed();
    }

    /**
     * Looks every second.
     *
     * @param running gets the applications.
     * @param asRead  the configuration that it was started with, as the file said it.
     */
    public void start(final Server running, final ServerConfig asRead) {
        server = running;
        started = asRead;
        looks.start(this::look, LOOK, LOOK);
    }

    /** Looks once: what is wrong changes nothing. */
    public void look() {
        final FileTime now = changed();
        if (null == now || now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            final ServerConfig read = ConfigReader.read(file, wrong);
            server.replace(read);
            notes.accept("applications and sources of " + file + " read again");
            final List<String> keys = RestartKeys.of(started, read);
            if (!keys.isEmpty()) {
                wrong.accept("not taken before a new start of the server: " + String.join(", ", keys) + " of " + file);
            }
        } catch (final ConfigException e) {
            e.complaints().forEach(complaint -> wrong.accept("not read again: " + complaint));
        } catch (final RuntimeException fault) {
            // it must look again, whatever it has met
            wrong.accept("not read again: " + fault);
        }
    }

    private FileTime changed() {
        try {
            return Files.getLastModifiedTime(file);
        } catch (final IOException e) {
            return null;
        }
    }

    @Override
    public void close() {
        looks.interrupt();
    }
}

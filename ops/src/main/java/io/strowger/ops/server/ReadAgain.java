package io.strowger.ops.server;

import io.strowger.ops.config.ServerConfig;
import io.strowger.ops.config.file.ConfigException;
import io.strowger.ops.config.file.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reads the configuration again when its file has changed, on a thread of its own: tokens come and go without a restart.
 */
public final class ReadAgain implements AutoCloseable {
    private static final long LOOK_MS = 1_000;

    private final Path file;
    private final Consumer<String> notes;
    private final Consumer<String> wrong;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(work -> {
        final Thread thread = new Thread(work, "strowger-config");
        thread.setDaemon(true);
        return thread;
    });
    private Server server;
    private FileTime seen;

    /**
     * Looks at nothing yet, but remembers how old the file is: before it is read for the first time.
     *
     * @param file  the configuration.
     * @param notes told what was read.
     * @param wrong told what is wrong.
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
     */
    public void start(final Server running) {
        server = running;
        final var looks = looking.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
        assert !looks.isDone();
    }

    /** Looks once: what is wrong changes nothing. */
    public void look() {
        final FileTime now = changed();
        if (null == now || now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            final ServerConfig read = ConfigReader.read(file);
            server.replace(read);
            notes.accept("applications and sources of " + file + " read again");
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
        looking.shutdownNow();
    }
}

package io.strowger.ops.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Everything that is logged in this JVM while it is open, at any level, as the server's log would show it.
 */
public final class Heard extends Handler implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final LineFormatter formatter = new LineFormatter();
    private final Logger all = Logger.getLogger("");
    private final Logger own = Logger.getLogger("io.strowger");
    private final Level before = own.getLevel();

    private Heard(final Level level) {
        setLevel(Level.ALL);
        own.setLevel(level);
        all.addHandler(this);
    }

    /** Hears what stands in the log of a server that nobody has changed. */
    public static Heard all() {
        return new Heard(Level.INFO);
    }

    /** Hears what the server's own classes would tell a developer, too. */
    public static Heard finest() {
        return new Heard(Level.ALL);
    }

    /** Each line, without its time. */
    public List<String> lines() {
        return lines.stream().map(line -> line.substring(line.indexOf(' ') + 1).stripTrailing()).toList();
    }

    @Override
    public void publish(final LogRecord entry) {
        lines.add(formatter.format(entry));
    }

    @Override
    public void flush() {
        // nothing waits
    }

    @Override
    public void close() {
        all.removeHandler(this);
        own.setLevel(before);
    }
}

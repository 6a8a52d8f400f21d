package io.strowger.ops.log;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.net.impl.VertxEventLoopGroup;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LibraryFaultsTest {
    private static final String CLOSING = "An exception was thrown by io.vertx.core.net.impl.VertxConnection$$Lambda/0x1.x()";
    private static final String DONE = "promise already done: DefaultChannelPromise@1(success)";

    private final LibraryFaults faults = new LibraryFaults();

    @Test
    void shouldKeepOutThatNothingIsLeftToCloseAndNothingElse() {
        assertFalse(isLoggable(Level.WARNING, CLOSING, new IllegalArgumentException(DONE)));
        assertTrue(isLoggable(Level.SEVERE, CLOSING, new IllegalArgumentException(DONE)));
        assertTrue(isLoggable(Level.WARNING, "An exception was thrown by x.operationComplete()", new IllegalArgumentException(DONE)));
        assertTrue(isLoggable(Level.WARNING, CLOSING, new IllegalStateException(DONE)));
        assertTrue(isLoggable(Level.WARNING, CLOSING, new IllegalArgumentException()));
        assertTrue(isLoggable(Level.WARNING, CLOSING, null));
    }

    /** The library's own fault: when it is thrown from elsewhere in another version, this says so. */
    @Test
    void shouldKeepOutThatSomebodyComesWhileAServerStopsAndNothingElse() {
        final Throwable noLoop = assertThrows(IllegalStateException.class, () -> new VertxEventLoopGroup().next());
        final String message = "Failed to register an accepted channel: [id: 0x1, L:/127.0.0.1:7088 - R:/127.0.0.1:5]";
        assertFalse(isLoggable(Level.WARNING, message, noLoop));
        assertTrue(isLoggable(Level.SEVERE, message, noLoop));
        assertTrue(isLoggable(Level.WARNING, "Failed to set channel option", noLoop));
        assertTrue(isLoggable(Level.WARNING, message, new IllegalStateException("too many files")));
        assertTrue(isLoggable(Level.WARNING, message, null));
    }

    private boolean isLoggable(final Level level, final String message, final Throwable thrown) {
        final LogRecord entry = new LogRecord(level, message);
        entry.setThrown(thrown);
        return faults.isLoggable(entry);
    }
}

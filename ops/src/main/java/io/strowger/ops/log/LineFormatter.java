package io.strowger.ops.log;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * One line an entry: time (UTC), level, text. A fault is its name and message, without a trace; what peers may have put into a text ends no
 * line and paints no terminal.
 */
public final class LineFormatter extends Formatter {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);
    private static final int LONGEST = 1_000;

    @Override
    public String format(final LogRecord entry) {
        final String text = formatMessage(entry) + (null == entry.getThrown() ? "" : ": " + entry.getThrown());
        return TIME.format(entry.getInstant()) + ' ' + level(entry.getLevel()) + ' ' + plain(text) + System.lineSeparator();
    }

    private static String level(final Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "WARNING";
        }
        return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }

    private static String plain(final String text) {
        final int length = Math.min(LONGEST, text.length());
        final StringBuilder line = new StringBuilder(length + 3);
        for (int i = 0; i < length; i++) {
            final char letter = text.charAt(i);
            line.append(Character.isISOControl(letter) || '\u2028' == letter || '\u2029' == letter ? ' ' : letter);
        }
        return length < text.length() ? line.append("...").toString() : line.toString();
    }
}

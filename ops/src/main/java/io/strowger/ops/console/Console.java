package io.strowger.ops.console;

import java.io.PrintStream;

/**
 * Where a command prints: results to {@link #out()}, errors and progress to {@link #err()}. One thread.
 */
public final class Console {
    private static final String RESET = "\u001b[0m";
    private static final int PROGRESS_WIDTH = 60;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean colourOut;
    private final boolean colourErr;
    private final boolean progress;
    private boolean progressShown;

    /**
     * A console over two streams.
     *
     * @param out       results.
     * @param err       errors and progress.
     * @param colourOut whether results may be coloured: a person reads them on a terminal.
     * @param colourErr the same for errors.
     * @param progress  whether progress is shown: a person waits at a terminal.
     */
    public Console(final PrintStream out, final PrintStream err, final boolean colourOut, final boolean colourErr, final boolean progress) {
        this.out = out;
        this.err = err;
        this.colourOut = colourOut;
        this.colourErr = colourErr;
        this.progress = progress;
    }

    /** Results. */
    public PrintStream out() {
        return out;
    }

    /** Errors and progress. */
    public PrintStream err() {
        return err;
    }

    /** Whether results may be coloured. */
    public boolean coloursOut() {
        return colourOut;
    }

    /** Whether errors may be coloured. */
    public boolean coloursErr() {
        return colourErr;
    }

    /**
     * Colours a result, on a terminal only.
     *
     * @return the text itself elsewhere.
     */
    public String paint(final Colour colour, final String text) {
        return colourOut ? colour.code() + text + RESET : text;
    }

    /** Prints one error line; what it has from outside steers no terminal. */
    public void error(final String line) {
        endProgress();
        final String shown = Printable.of(line);
        err.println(colourErr ? Colour.RED.code() + shown + RESET : shown);
    }

    /** Prints a line that is neither a result nor an error, such as a count of what was left out; likewise. */
    public void note(final String line) {
        endProgress();
        err.println(Printable.of(line));
    }

    /**
     * Shows how far a long job is, over the line before, on a terminal only.
     *
     * @param text at most 60 characters are shown.
     */
    public void progress(final String text) {
        if (progress) {
            final String shown = text.length() > PROGRESS_WIDTH ? text.substring(0, PROGRESS_WIDTH) : text;
            err.print("\r" + shown + " ".repeat(PROGRESS_WIDTH - shown.length()) + "\r");
            err.flush();
            progressShown = true;
        }
    }

    /** Takes the progress line away. */
    public void endProgress() {
        if (progressShown) {
            err.print("\r" + " ".repeat(PROGRESS_WIDTH) + "\r");
            err.flush();
            progressShown = false;
        }
    }

    /**
     * Whether the reader of the results has gone ({@code strowger tail DIR | head}): then there is nothing left to do. Flushes.
     */
    public boolean isReaderGone() {
        return out.checkError();
    }

    /** The colours in use, by what they say. */
    public enum Colour {
        /** Fine, or alive. */
        GREEN("\u001b[32m"),
        /** Worth a look. */
        YELLOW("\u001b[33m"),
        /** Wrong, or failed. */
        RED("\u001b[31m"),
        /** Of less weight. */
        GREY("\u001b[90m"),
        /** A heading. */
        BOLD("\u001b[1m");

        private final String code;

        Colour(final String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }
}

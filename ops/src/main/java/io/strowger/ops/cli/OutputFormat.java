package io.strowger.ops.cli;

/**
 * How results are printed; the names, in any case, are those of the {@code --format} option.
 */
enum OutputFormat {
    /** For people. */
    TEXT,
    /** One JSON object a line, for programs. */
    JSON
}

/**
 * The command line: names, options and exit codes are a contract that other tools build on.
 *
 * <p>A command parses and checks what it was given, calls the job, and prints. The jobs live in the packages beside this one. Exit codes:
 * 0 fine, 1 the check or the job failed, 2 wrong usage. Results go to stdout, errors as one clear line to stderr.
 */
package io.strowger.ops.cli;

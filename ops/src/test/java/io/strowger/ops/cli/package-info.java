/**
 * Commands as a user meets them: messages, exit codes, output.
 */
package io.strowger.ops.cli;

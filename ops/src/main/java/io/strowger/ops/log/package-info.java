/**
 * How the server's log looks: one line an entry, whatever a peer says, until the process has ended.
 */
package io.strowger.ops.log;

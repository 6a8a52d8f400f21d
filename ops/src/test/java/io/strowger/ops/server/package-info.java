/** The server as a whole. */
package io.strowger.ops.server;

/**
 * TLS of what listens: files of a configuration as options of sockets.
 */
package io.strowger.ops.tls;

/**
 * SBE over TCP or TLS: frames, the opening of a connection, and the names of a client's certificate; what is said behind the opening is a
 * matter of the ports.
 *
 * <pre>
 *   frame     | length, i32 little endian | so many bytes |        1 to 1,344 bytes; of applications more
 *   client    opening ──────────► server                           see {@link io.strowger.ops.wire.Opening}
 *             ◄────────── answer                                   see {@link io.strowger.ops.wire.OpeningAnswer}
 *             SBE messages, one a frame, both ways
 *             ◄────────── answer, as the last frame, when the server ends the connection
 * </pre>
 *
 * <p>A connection belongs to one event loop.
 */
package io.strowger.ops.wire;

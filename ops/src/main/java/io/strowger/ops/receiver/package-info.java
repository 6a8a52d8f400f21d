/**
 * Sources that come by themselves over HTTP: action URLs of phones, and posts of Kamailio servers.
 *
 * <pre>
 *   phone ── HttpLine ── SourceDoor ── SourceEntry ── SourceWay ─── router
 *            bytes to    who it is     one phone,     translator,
 *            requests                  or a fleet     answers when it is in the journal
 * </pre>
 *
 * <p>Requests are read as the codecs read them, byte by byte: phones write into them what no strict reader takes. A translator is given
 * method, target and body alone; a token is cut out before. All of a receiver runs on one event loop; what asks the router a question runs
 * on a worker. {@link io.strowger.ops.receiver.Receiver} may be called by any thread.
 */
package io.strowger.ops.receiver;

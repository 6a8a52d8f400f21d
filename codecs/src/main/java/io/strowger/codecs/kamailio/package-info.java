/**
 * From what a Kamailio server tells to facts: evapi netstrings, or HTTP posts, with the same JSON in them.
 *
 * <pre>
 *   bytes ──► KamailioFramer ──────────► JsonFields ────► KamailioMapping ──► KamailioFacts ──► SignalSink
 *             NetstringFramer or         its texts as     which facts         SBE, held until
 *             HttpRequestFramer          offsets                              the sink takes them
 * </pre>
 *
 * <p>A SIP dialog is a call of two legs. The proxy gives no leg an id, so it is made of what all events of a dialog have in common: the
 * Call-ID, the caller's tag where tags are told, and the party of the leg. The callee's leg is told of from the moment it rings: an invite
 * alone does not prove that there is one.
 *
 * <p>No socket, no thread, no clock, no {@code String}, and no allocation for a message once the buffers have met the longest one. Nothing
 * is remembered between messages. All classes: one thread, that of the connection.
 */
package io.strowger.codecs.kamailio;

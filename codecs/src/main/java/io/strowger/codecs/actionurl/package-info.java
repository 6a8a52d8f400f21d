/**
 * From the action URLs of phones to facts: a request a phone sends when something happens at it.
 *
 * <pre>
 *   bytes ──► HttpRequestFramer ──► QueryReader or XmlReader ──► RequestFields ──► ActionUrlMapping ──► ActionUrlFacts ──► SignalSink
 *             requests              names and values decoded     by the template   which facts          SBE, held until
 *                                                                of the maker                           the sink takes them
 * </pre>
 *
 * <p>User, device and tenant are the settings', that is the credential's: nothing in a request can change them. What a phone writes into a
 * URL is not trusted to be encoded: a SIP address keeps its semicolons, a name its spaces and ampersands.
 *
 * <p>Some phones give calls no id. {@link io.strowger.codecs.actionurl.Lines} remembers the device's last eight calls for that; it is the
 * only thing remembered, it depends on the requests alone, and a call with an id needs it not.
 *
 * <p>No socket, no thread, no clock, no {@code String}, and no allocation for a request once the buffers have met the longest one. All
 * classes: one thread, that of the device.
 */
package io.strowger.codecs.actionurl;

/**
 * From the bytes of a FreeSWITCH event socket connection to facts: framer, fields, mappings, translator.
 *
 * <pre>
 *   bytes ──► EslFramer ─────► EslFields ─────────► mappings ────────► EslFacts ──► SignalSink
 *             headers and      the known names of   which facts, from  SBE, held until
 *             counted body     plain or JSON        which fields       the sink takes them
 * </pre>
 *
 * <p>No socket, no thread, no clock, no {@code String}, and no allocation for a frame once the buffers have met the longest one. Nothing is
 * remembered between frames but an unfinished frame, the facts the sink has not taken, the list that is being told, and the identity of the
 * server that this connection has named. The same bytes give the same facts in whatever pieces they come; the plain and the JSON form of an
 * event give the same facts but for their place in the stream.
 *
 * <p>All classes: one thread, that of the connection.
 */
package io.strowger.codecs.esl;

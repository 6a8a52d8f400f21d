/**
 * From the bytes of an Asterisk Manager Interface connection to facts: framer, parser, translator.
 *
 * <pre>
 *   bytes ──► AmiFramer ──────► AmiBlock ─────► mappings ──────────► FactWriter ──► SignalSink
 *             where a block     its fields as   which facts, from    SBE, held until
 *             ends              offsets         which fields         the sink takes them
 * </pre>
 *
 * <p>No socket, no thread, no clock, no {@code String}, and no allocation for a block once the buffers have met the longest one. Nothing is
 * remembered between blocks but an unfinished block, the facts the sink has not taken, and the lists that somebody has asked for. The same
 * bytes give the same facts in whatever pieces they come.
 *
 * <p>All classes: one thread, that of the connection.
 */
package io.strowger.codecs.ami;

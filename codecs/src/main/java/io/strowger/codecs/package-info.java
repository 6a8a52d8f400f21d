/**
 * Signals: their SBE layout, the walk that admits untrusted ones, their JSON view, and the translators that make them from foreign bytes.
 *
 * <p>Nothing here opens a socket or starts a thread. The generated flyweights are in {@code io.strowger.codecs.sbe}.
 */
package io.strowger.codecs;

package io.strowger.router.action;

import org.agrona.DirectBuffer;

/**
 * Brings what a client may ask for into the journal. Core thread, within a command.
 */
@FunctionalInterface
public interface GrantWriter {
    /**
     * Folds one signal at once, behind all that was folded before.
     *
     * @param grant  holds it, a {@code ClientGrant}.
     * @param offset of its SBE header.
     * @param length of the whole signal.
     * @return 0, or why it was refused: a code of {@link io.strowger.codecs.sbe.RejectReason}.
     * @throws IllegalStateException when the router is closed, or the journal has no room now: nothing was folded.
     */
    int write(DirectBuffer grant, int offset, int length);
}

package io.strowger.router.pipeline;

import org.agrona.DirectBuffer;

/**
 * Looks at untrusted bytes before anything else does, and says whether they are one whole signal.
 */
@FunctionalInterface
public interface Admission {
    /**
     * Walks the bytes, never beyond the length. Called by any embedding thread, so it keeps no state.
     *
     * @param buffer holds them.
     * @param offset of the first.
     * @param length of what claims to be one signal.
     * @return 0 when it may pass, else the code of a {@code RejectReason}.
     */
    int check(DirectBuffer buffer, int offset, int length);
}

package io.strowger.router.core;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Fills views of actions for tests without a core.
 */
public final class ActionViews {
    private ActionViews() {
    }

    /** Says of an action what a core would. */
    public static void fill(final ActionView view, final long sequence, final long end, final int status, final int source,
                            final String nativeId, final String text) {
        view.set(sequence, end, 0, status, source);
        view.nativeIdSlice().wrap(new UnsafeBuffer(nativeId.getBytes(StandardCharsets.UTF_8)), 0, nativeId.length());
        view.textSlice().wrap(new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8)), 0, text.length());
    }
}

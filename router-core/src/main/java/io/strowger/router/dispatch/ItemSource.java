package io.strowger.router.dispatch;

import io.strowger.codecs.SignalSink;
import org.agrona.DirectBuffer;

/**
 * A state that can say what it holds, as {@code SnapshotItem} messages. On the thread that folds it.
 */
public interface ItemSource {
    /** Where it stands: the last sequence folded. */
    long position();

    /**
     * Writes everything of a tenant.
     *
     * @param tenant whose, or {@link io.strowger.router.core.Core#EVERY_TENANT}.
     * @param sink   takes the items; when it refuses one, no more are written.
     * @return whether all were taken.
     */
    boolean items(int tenant, SignalSink sink);

    /**
     * Writes one user, where it is logged in, and its sessions.
     *
     * @param tenant of the user.
     * @param user   its name.
     * @param sink   as for {@link #items}.
     * @return whether all were taken.
     */
    boolean userItems(int tenant, DirectBuffer user, SignalSink sink);
}

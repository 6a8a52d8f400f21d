package io.strowger.ops;

import io.strowger.router.Router;
import io.strowger.router.dispatch.EventHandler;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.StatusException;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.journal.PositionException;
import io.strowger.router.status.ReturnCode;
import java.util.concurrent.locks.LockSupport;

/** What the README shows of a subscription that begins with a snapshot. */
final class AskExample {
    private final Router router;
    private final EventHandler handler;

    AskExample(final Router router, final EventHandler handler) {
        this.router = router;
        this.handler = handler;
    }

    void run() {
        final Filter sales = Filter.ofTenant(1).withGroup("sales");
        Subscription wallboard = router.subscribeWithSnapshot(sales);
        int taken = 0;
        try {
            while (ReturnCode.CLOSED != taken) {                   // the router is closed, or has failed: nothing more will come
                try {
                    taken = wallboard.poll(handler, 100);
                    if (ReturnCode.NEEDS_CATCH_UP == taken) {
                        taken = wallboard.catchUp(handler, 100);   // begin(p), the items, end(p); then every event behind p
                    }
                } catch (final PositionException | StatusException gone) { // retention removed what came next; or no status now
                    wallboard.close();
                    pause();                                       // a second: what has no status now has none at once either
                    wallboard = router.subscribeWithSnapshot(sales); // begins again: whatever was known before is void
                    taken = 0;
                }
                idle(taken);
            }
        } finally {
            wallboard.close();                                     // whatever ends this: a status that waits takes room
        }
    }

    private static void pause() {
        LockSupport.parkNanos(1_000_000_000L);
    }

    private static void idle(final int taken) {
        if (taken <= 0) {
            Thread.onSpinWait();
        }
    }
}

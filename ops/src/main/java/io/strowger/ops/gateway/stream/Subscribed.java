package io.strowger.ops.gateway.stream;

import io.strowger.codecs.sbe.AuditKind;
import io.strowger.ops.access.Admitted;
import io.strowger.router.dispatch.Subscription;

/**
 * A subscription of a caller, and the room that was taken for it. On the gateway's loop.
 */
public final class Subscribed {
    private final Subscription subscription;
    private final StreamRequest request;
    private final Admitted caller;
    private final StreamRoom room;
    private boolean isGivenBack;

    Subscribed(final Subscription subscription, final StreamRequest request, final Admitted caller, final StreamRoom room) {
        this.subscription = subscription;
        this.request = request;
        this.caller = caller;
        this.room = room;
    }

    Subscription subscription() {
        return subscription;
    }

    StreamRequest request() {
        return request;
    }

    Admitted caller() {
        return caller;
    }

    /** Gives its room back. Repeated calls do nothing. */
    void giveBack() {
        if (!isGivenBack) {
            isGivenBack = true;
            caller.note(AuditKind.STREAM_CLOSED, request.words());
            caller.giveStreamBack();
            room.giveBack(request.policy());
        }
    }

    /** Nobody wants it, and nothing was read. */
    public void discard() {
        giveBack();
        subscription.close();
    }
}

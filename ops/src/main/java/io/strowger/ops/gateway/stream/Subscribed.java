package io.strowger.ops.gateway.stream;

import io.strowger.codecs.sbe.AuditKind;
import io.strowger.ops.access.Admitted;
import io.strowger.ops.access.Credential;
import io.strowger.ops.gateway.web.Problem;
import io.strowger.router.dispatch.Subscription;

/**
 * A subscription of a caller, and the room that was taken for it. On the gateway's loop.
 */
public final class Subscribed {
    private final Subscription subscription;
    private final StreamRequest request;
    private final Admitted caller;
    /** What he might read when it began. */
    private final Credential credential;
    private final StreamRoom room;
    private boolean isGivenBack;

    Subscribed(final Subscription subscription, final StreamRequest request, final Admitted caller, final Credential credential,
               final StreamRoom room) {
        this.subscription = subscription;
        this.request = request;
        this.caller = caller;
        this.credential = credential;
        this.room = room;
    }

    Subscription subscription() {
        return subscription;
    }

    StreamRequest request() {
        return request;
    }

    /** What the caller's token stood for when it began. */
    Credential credential() {
        return credential;
    }

    /** Why it has to end, as things are at the gate; null when it may go on. */
    Problem leaving() {
        return Problem.leaving(caller.standing(credential));
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

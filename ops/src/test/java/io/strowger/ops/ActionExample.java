package io.strowger.ops;

import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.router.Router;
import io.strowger.router.action.ActionClient;
import io.strowger.router.action.ActionGrant;
import io.strowger.router.status.ReturnCode;
import java.util.ArrayList;
import java.util.List;

/** What the README shows of an application that asks for an action. */
final class ActionExample {
    private final List<String> ends = new ArrayList<>();
    private final Runnable idle;

    ActionExample(final Runnable idle) {
        this.idle = idle;
    }

    List<String> ends() {
        return ends;
    }

    void run(final Router router, final String leg) {
        try (ActionClient crm = router.openActions(ActionGrant.of("crm", 1).withUsers("1*,201"))) { // what its credential lets it do
            long ask = crm.hangUp("ticket-7", leg, null, 16);  // by this key it is known from now on: a repeat does nothing
            while (ReturnCode.BACK_PRESSURED == ask) {
                idle();
                ask = crm.hangUp("ticket-7", leg, null, 16);
            }
            int heard = 0;
            while (crm.pending() > 0 && heard != ReturnCode.CLOSED) { // accepted, maybe sent, then exactly one end
                heard = crm.poll(answer -> {
                    if (answer.isFinal()) {
                        ended(answer.key(), answer.status(), answer.text());
                    }
                }, 10);
                idle();
            }
        }
    }

    private void idle() {
        idle.run();
    }

    private void ended(final String key, final ActionStatus status, final String text) {
        ends.add((key + " " + status + " " + text).strip());
    }
}

package io.strowger.router.action;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.status.RouterCounter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What an application hears when its tenant asks for more than the table of actions holds, and what is counted.
 */
class ForgottenActionsTest {
    private static final String LEG = "1795624246.41";
    private static final int SHARE = 2;

    private final MemoryJournal journal = new MemoryJournal();
    private long nowNs = 1_795_624_150_000_000_000L;

    @Test
    void shouldRefuseRatherThanForgetWhatHasJustBeenDoneAndCountWhatItForgetsLater() {
        try (Router router = launch()) {
            final Pbx pbx = new Pbx("pbx-1", 1, () -> nowNs).connect(router).leg(LEG, "101");
            final ActionClient crm = router.openActions(ActionGrant.of("crm", 1));
            for (int i = 0; i < SHARE; i++) {
                crm.hangUp("k" + i, LEG, null, -1);
                Pbx.settle(router);
                pbx.carry();
                pbx.reply(i, true, "");
                Pbx.settle(router);
            }
            DeskRig.poll(crm);
            crm.hangUp("more", LEG, null, -1);
            Pbx.settle(router);
            assertEquals(List.of("3 more FAILED  router has too many actions"), DeskRig.poll(crm));
            nowNs += TimeUnit.MINUTES.toNanos(5);
            crm.hangUp("more", LEG, null, -1);
            Pbx.settle(router);
            assertEquals(List.of("4 more ACCEPTED"), DeskRig.poll(crm));
            assertEquals(1, router.counters().get(RouterCounter.ACTIONS_FORGOTTEN_EARLY));
        }
        try (Router again = launch()) {
            Pbx.settle(again);
            assertEquals(0, again.counters().get(RouterCounter.ACTIONS_FORGOTTEN_EARLY), "what is read again was counted then");
        }
    }

    private Router launch() {
        return Router.launch(new RouterContext().journal(journal).epochNanoClock(() -> nowNs).threadingMode(ThreadingMode.INVOKER)
            .actionCapacity(2 * SHARE));
    }
}

package io.strowger.router.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.fixture.MemoryJournal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Actions where the machine's clock has run ahead and is set right: they are carried out, and end, as ever.
 */
class SetClockTest {
    private static final String LEG = "1795624246.41";
    private static final long HOUR_NS = TimeUnit.HOURS.toNanos(1);
    private static final int DEADLINE_S = 30;

    private final MemoryJournal journal = new MemoryJournal();
    private long nowNs = 1_795_624_150_000_000_000L;

    @Test
    void shouldCarryOutActionsBehindARestartWithAClockThatWasSetBack() {
        try (Router router = launch()) {
            new Pbx("pbx-1", 1, router.clock()::nanoTime).connect(router).leg(LEG, "101");
            Pbx.settle(router);
        }
        nowNs -= HOUR_NS;
        try (Router router = launch()) {
            shouldBringAnActionAndEndItBehindItsDeadline(router);
        }
    }

    @Test
    void shouldCarryOutActionsWhenTheClockIsSetBackMeanwhile() {
        try (Router router = launch()) {
            Pbx.settle(router);
            nowNs -= HOUR_NS;
            shouldBringAnActionAndEndItBehindItsDeadline(router);
        }
    }

    private void shouldBringAnActionAndEndItBehindItsDeadline(final Router router) {
        final Pbx pbx = new Pbx("pbx-1", 1, router.clock()::nanoTime).connect(router).leg(LEG, "101");
        Pbx.settle(router);
        final ActionClient crm = router.openActions(ActionGrant.of("crm", 1));
        crm.hangUp("done", LEG, null, -1);
        crm.hangUp("forgotten", LEG, null, -1);
        Pbx.settle(router);
        pbx.carry();
        assertEquals(2, pbx.commands.size());
        pbx.reply(0, true, "");
        Pbx.settle(router);
        assertEquals(List.of("1 done ACCEPTED", "2 forgotten ACCEPTED", "1 done DONE " + LEG), DeskRig.poll(crm));
        int seconds = 0;
        List<String> heard = List.of();
        while (heard.isEmpty()) {
            nowNs += TimeUnit.SECONDS.toNanos(1);
            seconds++;
            Pbx.settle(router);
            heard = DeskRig.poll(crm);
        }
        assertEquals(List.of("2 forgotten TIMED_OUT " + LEG + " no result before the deadline"), heard);
        assertTrue(seconds >= DEADLINE_S && seconds <= 2 * DEADLINE_S + 2, seconds + " s");
    }

    private Router launch() {
        return Router.launch(new RouterContext().journal(journal).epochNanoClock(() -> nowNs).threadingMode(ThreadingMode.INVOKER));
    }
}

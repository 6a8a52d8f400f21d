package io.strowger.router.action;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What is over comes out of no outlet.
 */
class ActionOutletTest {
    private final DeskRig rig = new DeskRig();

    @Test
    void shouldBringNothingThatEndsWhileItWaitsInAnOutletWhicheverItIs() {
        final ActionClient crm = rig.client(ActionGrant.of("crm", 1).withWindow(4000));
        final ActionOutlet old = rig.outlet();
        for (int i = 0; i < 1_000; i++) {
            crm.logIn("k" + i, "101", null);
        }
        rig.turn();
        final ActionOutlet outlet = rig.outlet();
        crm.logIn("new", "101", null);
        rig.turn();
        rig.down();
        crm.logIn("newer", "101", null);
        rig.fold();
        assertEquals(List.of(), DeskRig.poll(old), "also before anybody is shown its end");
        assertEquals(List.of(), DeskRig.poll(outlet));
        rig.show();
        assertEquals(List.of(1L), DeskRig.poll(outlet).stream().map(action -> 1L).toList(), "what came behind is brought");
    }

    @Test
    void shouldBringNothingBehindItsDeadline() {
        final ActionClient crm = rig.client(ActionGrant.of("crm", 1));
        final ActionOutlet outlet = rig.outlet();
        crm.timeoutMs(1_000).logIn("k1", "101", null);
        crm.timeoutMs(3_000).logIn("k2", "101", null);
        crm.timeoutMs(5_000).logIn("k3", "101", null);
        rig.turn();
        rig.nowNs += 1_000_000_000L;
        rig.fold.pass(DeskRig.NOW_NS + 3_000_000_000L);
        rig.desk.beforeShown();
        assertEquals(List.of(3L), DeskRig.poll(outlet));
    }
}

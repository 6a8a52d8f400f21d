package io.strowger.router.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.LegSeenDecoder;
import io.strowger.codecs.sbe.LogInDecoder;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.record.RecordLayout;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/**
 * What clients ask for goes behind what sources say, a little each turn, and never waits for good.
 */
class AsksBesideSignalsTest {
    private static final int ASKS_A_TURN = 16;
    private static final long NOW_NS = 1_795_624_150_000_000_000L;

    private final List<Integer> templates = new ArrayList<>();
    private int legs;

    @Test
    void shouldFoldWhatSourcesSayBeforeWhatWasDammedUpOfAsks() {
        try (Router router = launch(new RouterContext())) {
            final Pbx pbx = new Pbx("pbx-1", 1, () -> NOW_NS).connect(router);
            final ActionClient crm = router.openActions(ActionGrant.of("crm", 1));
            Pbx.settle(router);
            for (int i = 0; i < 100; i++) {
                crm.logIn("key-" + i, "101", null);
                leg(pbx);
            }
            templates.clear();
            router.poll();
            assertEquals(100, templates.lastIndexOf(LegSeenDecoder.TEMPLATE_ID) + 1, "all legs come first");
            assertEquals(100 + ASKS_A_TURN, templates.size());
            assertEquals(ASKS_A_TURN, asks());
            Pbx.settle(router);
            assertEquals(100, asks());
        }
    }

    @Test
    void shouldGiveAsksAPlaceHoweverMuchSourcesSay() {
        try (Router router = launch(new RouterContext().ringCapacity(16))) {
            final Pbx pbx = new Pbx("pbx-1", 1, () -> NOW_NS).connect(router);
            final ActionClient crm = router.openActions(ActionGrant.of("crm", 1));
            final ActionClient other = router.openActions(ActionGrant.of("other", 1));
            Pbx.settle(router);
            templates.clear();
            for (int i = 0; i < 10; i++) {
                crm.logIn("key-" + i, "101", null);
                other.logIn("key-" + i, "101", null);
            }
            for (int turn = 0; asks() < 20; turn++) {
                assertTrue(turn < 200, () -> asks() + " asks in " + templates.size() + " signals");
                for (int i = 0; i < 8; i++) {
                    leg(pbx);
                }
                router.poll();
            }
            assertTrue(templates.size() > 20);
        }
    }

    private Router launch(final RouterContext context) {
        return Router.launch(context.journal(new MemoryJournal()).epochNanoClock(() -> NOW_NS).threadingMode(ThreadingMode.INVOKER)
            .tap(this::see));
    }

    private void leg(final Pbx pbx) {
        pbx.leg("leg-" + legs++, "101");
    }

    private long asks() {
        return templates.stream().filter(template -> LogInDecoder.TEMPLATE_ID == template).count();
    }

    private void see(final DirectBuffer block, final int record) {
        if (RecordLayout.INPUT == RecordLayout.type(block, record)) {
            templates.add(SignalLayout.templateId(block, record + RecordLayout.SIGNAL_OFFSET));
        }
    }
}

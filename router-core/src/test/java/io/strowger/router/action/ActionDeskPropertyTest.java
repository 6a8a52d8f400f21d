package io.strowger.router.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.router.status.ReturnCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever the order of asks, repeats, records, results and polls: each ask has one end, the same as all others with its key, and each
 * action leaves once at most.
 */
class ActionDeskPropertyTest {
    private static final ActionStatus[] ENDS = {ActionStatus.DONE, ActionStatus.FAILED, ActionStatus.TIMED_OUT, ActionStatus.UNKNOWN};
    private static final int STEPS = 300;
    private static final int KEYS = 12;

    private final List<Heard> handles = new ArrayList<>();
    private final Set<Long> brought = new HashSet<>();
    private final Map<String, String> ends = new HashMap<>();
    private DeskRig rig;
    private ActionOutlet outlet;

    @Property(tries = 400)
    void shouldEndEachAskOnceAndAlikeWhateverTheOrder(@ForAll final long seed) {
        final Random random = new Random(seed);
        begin(random);
        for (int step = 0; step < STEPS; step++) {
            step(random);
        }
        settle();
        for (final Heard heard : handles) {
            heard.check();
        }
    }

    private void begin(final Random random) {
        handles.clear();
        brought.clear();
        ends.clear();
        rig = new DeskRig(random.nextBoolean());
        outlet = random.nextBoolean() ? rig.outlet() : null;
        for (int i = 0; i < 4; i++) {
            // two handles of one client, one of another, and one of another tenant
            handles.add(new Heard(3 == i ? 2 : 1, 2 == i ? "board" : "crm", 1 + random.nextInt(8)));
        }
    }

    private void step(final Random random) {
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> handles.get(random.nextInt(handles.size())).ask(random);
            case 3 -> rig.fold();
            case 4 -> rig.show();
            case 5 -> {
                final long action = 1L + random.nextInt((int)rig.out.sequence() + 1);
                // a source ends what it was brought
                final boolean isSent = random.nextBoolean() || !brought.contains(action);
                rig.say(action, isSent ? ActionStatus.SENT : ENDS[random.nextInt(ENDS.length)], "leg" + action, "t" + action);
            }
            case 6 -> handles.get(random.nextInt(handles.size())).poll(1 + random.nextInt(5));
            case 7 -> pollOutlet();
            default -> {
                if (0 == random.nextInt(8)) {
                    rig.down();
                } else if (0 == random.nextInt(4)) {
                    change();
                }
            }
        }
    }

    private void change() {
        if (null == outlet) {
            outlet = rig.outlet();
        } else {
            pollOutlet();
            outlet.close();
            outlet = null;
        }
    }

    private void pollOutlet() {
        if (null != outlet) {
            DeskRig.poll(outlet).forEach(action -> {
                assertTrue(brought.add(action), "brought twice: " + action);
                assertTrue(rig.fold.status(action) < ActionStatus.DONE.value(), "brought behind its end: " + action);
            });
        }
    }

    private void settle() {
        rig.turn();
        rig.turn();
        rig.down();
        rig.show();
        handles.forEach(heard -> heard.poll(Integer.MAX_VALUE));
        handles.forEach(heard -> heard.poll(Integer.MAX_VALUE));
        pollOutlet();
    }

    /** A handle, and what each of its asks has heard. */
    private final class Heard {
        private final ActionClient client;
        private final String name;
        private final Map<Long, String> keys = new HashMap<>();
        private final Map<Long, ActionStatus> statuses = new HashMap<>();

        Heard(final int tenant, final String clientId, final int window) {
            client = rig.client(ActionGrant.of(clientId, tenant).withWindow(window));
            name = tenant + "/" + clientId + "/";
        }

        void ask(final Random random) {
            final String key = "k" + random.nextInt(KEYS);
            final long ask = client.logIn(key, 0 == random.nextInt(10) ? ToyActions.NOBODY : "101", null);
            if (ask < 0) {
                assertEquals(ReturnCode.BACK_PRESSURED, ask);
                assertEquals(client.grant().window(), client.pending());
            } else {
                assertNull(keys.put(ask, key));
            }
        }

        void poll(final int limit) {
            client.poll(this::onAnswer, limit);
        }

        private void onAnswer(final ActionAnswer answer) {
            assertEquals(keys.get(answer.ask()), answer.key());
            final ActionStatus before = statuses.put(answer.ask(), answer.status());
            assertTrue(null == before || (before.value() < answer.status().value() && ActionStatus.DONE.value() > before.value()),
                before + " then " + answer);
            if (answer.isFinal()) {
                final String end = answer.action() + " " + answer.status() + " " + answer.nativeId() + " " + answer.text();
                final String known = ends.putIfAbsent(name + answer.key(), end);
                assertTrue(null == known || known.equals(end), known + " then " + end);
            }
        }

        void check() {
            assertEquals(0, client.pending());
            assertEquals(keys.keySet(), statuses.keySet());
            statuses.values().forEach(status -> assertTrue(status.value() >= ActionStatus.DONE.value(), status.name()));
        }
    }
}

package io.strowger.router.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.ActionKind;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.sbe.MembershipAction;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.router.record.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a tenant that asks for more than its share of the actions loses, and what never.
 */
final class KeptActionsTest {
    private static final long MINUTE_MS = 60_000;
    private static final long LEAST_MS = KeptActions.LEAST_NS / 1_000_000;
    private static final int ACTIONS = 8;
    private static final int SHARE = 4;

    private final FoldHarness pbx = new FoldHarness(new CoreSettings(10, 10, 10, 10, ACTIONS, SHARE, ACTIONS, 42));

    @BeforeEach
    void shouldHaveTwoTenants() {
        for (int tenant = 1; tenant <= 2; tenant++) {
            pbx.applyAs(Asked.hello("pbx-" + tenant, 1).from(tenant, Codes.NULL_LONG, 1_000).tenant(tenant));
            pbx.applyAs(FoldHarness.registration(true, "102").from(tenant, Codes.NULL_LONG, 1_000).tenant(tenant));
            pbx.applyAs(Asked.grant("crm", 1, "*", null).from(0, Codes.NULL_LONG, 1_000).tenant(tenant));
        }
    }

    @Test
    void shouldForgetFirstWhatFailedAtOnce() {
        for (int i = 0; i < 100; i++) {
            asked("denied" + i, "199", 1, Outcome.APPLIED);
        }
        for (int i = 0; i < SHARE; i++) {
            asked("k" + i, "102", 1, Outcome.APPLIED);
        }
        assertEquals(0, pbx.core.forgottenEarly());
    }

    @Test
    void shouldRefuseMoreWhileAllIsPending() {
        take(1);
        asked("more", "102", 1, Outcome.REJECTED);
        assertEquals(RejectReason.CAPACITY.value(), pbx.reason);
        pbx.later(LEAST_MS);
        asked("more", "102", 1, Outcome.REJECTED);
        asked("k0", "102", 1, Outcome.DUPLICATE);
    }

    @Test
    void shouldNotLetATenantTakeWhatIsAnothers() {
        take(1);
        take(2);
        asked("more", "102", 2, Outcome.REJECTED);
    }

    @Test
    void shouldRefuseMoreRatherThanDoTwiceWhatHasJustBeenDone() {
        final long[] asked = take(1);
        done(asked[2]);
        pbx.later(1_000);
        done(asked[1]);
        pbx.later(LEAST_MS - 1_001);
        asked("more", "102", 1, Outcome.REJECTED);
        assertEquals(RejectReason.CAPACITY.value(), pbx.reason);
        asked("k2", "102", 1, Outcome.DUPLICATE);
        pbx.later(1);
        asked("more", "102", 1, Outcome.APPLIED);
        assertEquals(1, pbx.core.forgottenEarly(), "the oldest end went first");
        asked("k1", "102", 1, Outcome.DUPLICATE);
        asked("k2", "102", 1, Outcome.REJECTED);
        pbx.later(1_000);
        asked("k2", "102", 1, Outcome.APPLIED);
        assertEquals(2, pbx.core.forgottenEarly());
    }

    @Test
    void shouldTakeMoreOnceResultsThatAreKeptForLessAreForgotten() {
        final long[] asked = take(1);
        done(asked[0]);
        pbx.later(MINUTE_MS).tick(new TickLimits(-1, -1, MINUTE_MS));
        asked("more", "102", 1, Outcome.APPLIED);
        assertEquals(0, pbx.core.forgottenEarly(), "its time was over");
    }

    @Test
    void shouldNotCountAsForgottenEarlyWhatIsToBeForgotten() {
        final int many = 2 * ActionTurns.MOST_FORGOTTEN;
        final FoldHarness large = new FoldHarness(new CoreSettings(10, 10, 10, 10, many, many, many, 42));
        large.apply(Asked.hello("pbx-1", 1)).apply(FoldHarness.registration(true, "102"));
        large.applyFrom(0, Asked.grant("crm", 1, "*", null));
        for (int i = 0; i < many; i++) {
            large.applyFrom(0, Asked.generateCall("k" + i, "102", large.inMs(10 * LEAST_MS)));
            large.applyFrom(1, Asked.result(large.out.sequence(), ActionStatus.DONE, null, null));
        }
        large.later(LEAST_MS).tick(new TickLimits(-1, -1, MINUTE_MS));
        for (int i = 0; i <= ActionTurns.MOST_FORGOTTEN; i++) {
            large.applyFrom(0, Asked.generateCall("more" + i, "102", large.inMs(MINUTE_MS)));
            assertEquals(Outcome.APPLIED, large.outcome);
        }
        assertEquals(0, large.core.forgottenEarly());
    }

    @Test
    void shouldForgetNothingForAnAskThatFindsNoRoomAllTheSame() {
        final FoldHarness small = new FoldHarness(new CoreSettings(10, 10, 10, 10, 64, 32, 64, 42));
        small.apply(Asked.hello("pbx-1", Asked.EVERYTHING));
        small.applyFrom(0, Asked.grant("crm", Asked.EVERYTHING, "*", "*"));
        final String group = "g" + "x".repeat(590);
        small.apply(FoldHarness.registration(true, "102")).apply(FoldHarness.membership(MembershipAction.ADDED, "102", group));
        end(small, Asked.generateCall("old", "102", small.inMs(MINUTE_MS)));
        small.later(LEAST_MS);
        int asked = 0;
        while (Outcome.APPLIED == small.outcome && asked < 100) {
            end(small, Asked.ask(ActionKind.GROUP_LOG_IN, "crm", "young" + asked++, small.inMs(MINUTE_MS)).text(2, group).text(3, group));
        }
        assertEquals(RejectReason.CAPACITY.value(), small.reason);
        assertTrue(asked < 30, "the texts are what there is no room for");
        assertEquals(0, small.core.forgottenEarly());
        small.applyFrom(0, Asked.generateCall("old", "102", small.inMs(MINUTE_MS)));
        assertEquals(Outcome.DUPLICATE, small.outcome);
    }

    private static void end(final FoldHarness pbx, final Signal ask) {
        pbx.applyFrom(0, ask);
        if (Outcome.APPLIED == pbx.outcome) {
            pbx.applyFrom(1, Asked.result(pbx.out.sequence(), ActionStatus.DONE, null, null));
        }
    }

    @Test
    void shouldLetNoTenantTakeMoreThanItsShareOfTheTexts() {
        final FoldHarness large = new FoldHarness(new CoreSettings(10, 10, 10, 10, 1_000, 500, 8, 42));
        for (int i = 0; i < 500; i++) {
            large.applyFrom(0, Asked.hangUp("k" + i, "x".repeat(1_000), large.inMs(MINUTE_MS)));
            assertEquals(Outcome.APPLIED, large.outcome);
        }
        for (int i = 0; i < 500; i++) {
            large.applyAs(Asked.hangUp("k" + i, "u101", large.inMs(MINUTE_MS)).from(0, Codes.NULL_LONG, 1_000).tenant(2));
            assertEquals(Outcome.APPLIED, large.outcome);
        }
        large.applyAs(Asked.hangUp("k0", "u101", large.inMs(MINUTE_MS)).from(0, Codes.NULL_LONG, 1_000).tenant(2));
        assertEquals(Outcome.DUPLICATE, large.outcome);
    }

    /** All of a tenant's share is pending from now on. */
    private long[] take(final int tenant) {
        final long[] sequences = new long[SHARE];
        for (int i = 0; i < SHARE; i++) {
            asked("k" + i, "102", tenant, Outcome.APPLIED);
            sequences[i] = pbx.out.sequence();
        }
        return sequences;
    }

    private void done(final long action) {
        pbx.applyFrom(1, Asked.result(action, ActionStatus.DONE, null, null));
        assertEquals(Outcome.APPLIED, pbx.outcome);
    }

    private void asked(final String key, final String user, final int tenant, final Outcome outcome) {
        pbx.applyAs(Asked.generateCall(key, user, pbx.inMs(10 * LEAST_MS)).from(0, Codes.NULL_LONG, 1_000).tenant(tenant));
        assertEquals(outcome, pbx.outcome, key);
    }
}

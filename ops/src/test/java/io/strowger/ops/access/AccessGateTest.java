package io.strowger.ops.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AccessGateTest {
    private static final String ADDRESS = "192.0.2.1";
    private static final String OLD = Tokens.create();
    private static final String NEW = Tokens.create();

    private long nowMs = 1_000_000;
    private final AccessGate gate = new AccessGate(both(), () -> nowMs);

    @Test
    void shouldLetInWhoShowsATokenUntilItExpires() throws FloodException {
        final Admitted old = gate.admit(OLD, ADDRESS);
        assertEquals("crm", old.credential().id());
        nowMs = 1_999_999;
        assertTrue(old.isStill());
        nowMs = 2_000_000;
        assertFalse(old.isStill());
        assertNull(gate.admit(OLD, ADDRESS));
        assertNotNull(gate.admit(NEW, ADDRESS), "the other token of the same application");
        assertNull(gate.admit(null, ADDRESS));
        assertNull(gate.admit("x".repeat(1_000), ADDRESS));
        assertEquals(3, gate.refused());
    }

    @Test
    void shouldEndWhatATokenWasGoodForWhenItIsTakenBackOrMeansSomethingElse() throws FloodException {
        final Admitted caller = gate.admit(NEW, ADDRESS);
        gate.replace(both());
        assertTrue(caller.isStill(), "read again, and the same");
        final Credential before = caller.credential();
        gate.replace(Credentials.builder().add(Tokens.hash(NEW), Credentials.NEVER, credential("1*", 2)).build());
        assertTrue(caller.isStill(), "the same application, with other rights");
        assertEquals(Standing.CHANGED, caller.standing(before), "of other users");
        gate.replace(Credentials.builder().add(Tokens.hash(NEW), Credentials.NEVER,
            new Credential("crm", 2, new ReadGrant("*", "*"), null, false, new CredentialLimits(2, 5, 5))).build());
        assertFalse(caller.isStill(), "of another tenant");
        assertEquals(Standing.CHANGED, caller.standing());
        assertEquals(before.name(), caller.credential().name(), "and is not that");
        gate.replace(Credentials.builder().build());
        assertEquals(Standing.VOID, caller.standing());
        assertNull(gate.admit(NEW, ADDRESS));
    }

    @Test
    void shouldTellWhoFailsTooOftenToWaitAndHarmNobodyElse() throws FloodException {
        for (int i = 0; i < 10; i++) {
            assertNull(gate.admit("wrong" + i, ADDRESS));
        }
        assertThrows(FloodException.class, () -> gate.admit("wrong", ADDRESS));
        assertNotNull(gate.admit(NEW, ADDRESS), "a good one from the same address, which many may share");
        assertNull(gate.admit("wrong", "192.0.2.2"));
        nowMs += 1_000;
        assertNull(gate.admit("wrong", ADDRESS), "looked at again");
        assertThrows(FloodException.class, () -> gate.admit("wrong", ADDRESS));
        for (int i = 0; i < 20_000; i++) {
            assertNull(gate.admit("wrong", "198.51.100." + i));
        }
        assertNull(gate.admit("wrong", ADDRESS), "forgotten among too many");
    }

    @Test
    void shouldCountStreamsOfAllConnectionsAndTokensOfAnApplication() throws FloodException {
        final Admitted first = gate.admit(OLD, ADDRESS);
        final Admitted second = gate.admit(NEW, "192.0.2.2");
        assertTrue(first.takeStream() && second.takeStream());
        assertFalse(first.takeStream() || second.takeStream());
        assertEquals(2, gate.streams());
        second.giveStreamBack();
        assertTrue(first.takeStream());
    }

    @Test
    void shouldLetThroughSoManyASecondAndNoMore() throws FloodException {
        final Admitted caller = gate.admit(NEW, ADDRESS);
        int taken = 0;
        for (int ms = 0; ms < 10_000; ms++) {
            taken += caller.takeRequest() ? 1 : 0;
            nowMs++;
        }
        assertTrue(taken >= 54 && taken <= 55, "5 at once and 5 a second for ten seconds: " + taken);
    }

    @Test
    void shouldCountByTheLimitsThatThereAreNow() throws FloodException {
        final Admitted caller = gate.admit(NEW, ADDRESS);
        final Credential before = caller.credential();
        assertTrue(caller.takeStream());
        assertTrue(caller.takeStream());
        assertFalse(caller.takeStream());
        int taken = 0;
        while (caller.takeRequest()) {
            taken++;
        }
        assertEquals(5, taken, "all that there are at once");
        gate.replace(Credentials.builder().add(Tokens.hash(NEW), Credentials.NEVER,
            new Credential("crm", 1, new ReadGrant("*", "*"), null, false, new CredentialLimits(3, 8, 1))).build());
        assertEquals(Standing.GOOD, caller.standing(before));
        assertTrue(caller.takeStream(), "one more");
        assertFalse(caller.takeStream(), "those that are open count");
        assertFalse(caller.takeRequest(), "what there is more of comes with the time");
        nowMs += 1_000;
        int more = 0;
        while (caller.takeRequest()) {
            more++;
        }
        assertEquals(8, more, "as many as in a second");
        assertTrue(caller.takeAction());
        assertFalse(caller.takeAction(), "fewer");
        assertEquals(3, gate.streams());
    }

    @Test
    void shouldKnowWhoWasRefusedLastThoughAConnectionOfNobodyCameBehindHim() throws FloodException {
        assertNull(gate.admit("wrong", ADDRESS));
        gate.refusedUnknown("no TLS with it");
        assertEquals(ADDRESS, gate.lastRefused());
        assertEquals(2, gate.refused());
    }

    @Test
    void shouldGiveNoMoreThanASecondsWorthHoweverOftenLimitsChange() {
        final TokenBucket bucket = new TokenBucket(1_000, nowMs);
        int taken = 0;
        for (int i = 0; i < 10_000; i++) {
            taken += bucket.take(0 == i % 2 ? 1_000 : 10, nowMs) ? 1 : 0;
        }
        assertTrue(taken <= 1_000, "taken at one moment: " + taken);
    }

    @Test
    void shouldTakeNothingForATokenThatIsVoid() throws FloodException {
        final Admitted caller = gate.admit(NEW, ADDRESS);
        gate.replace(Credentials.builder().build());
        assertFalse(caller.takeRequest() || caller.takeRequestLater() || caller.takeAction() || caller.takeStream());
        assertEquals(0, gate.limited(), "it is beyond no limit");
    }

    @Test
    void shouldReadNamesAndBeginnings() {
        final ReadGrant grant = new ReadGrant("1*, 201", "support");
        assertTrue(grant.allowsUser("101") && grant.allowsUser("201") && grant.allowsGroup("support"));
        assertFalse(grant.allowsUser("2011") || grant.allowsUser("") || grant.allowsGroup("sales") || grant.isEverything());
        assertTrue(grant.allows("101", "", false) && grant.allows("999", "support", false) && grant.allows("", "", true));
        assertFalse(grant.allows("999", "sales", false) || grant.allows("", "", false));
        assertTrue(new ReadGrant("*", "*").isEverything());
        assertFalse(new ReadGrant("", "").allows("101", "support", false));
        assertEquals(new ReadGrant("1*", "a"), new ReadGrant("1*", "a"));
        assertNotEquals(new ReadGrant("1*", "a"), new ReadGrant("1*", "b"));
    }

    @Test
    void shouldMakeTokensThatNobodyGuesses() {
        assertNotEquals(Tokens.create(), Tokens.create());
        assertEquals(46, Tokens.create().length());
        assertEquals("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", Tokens.hash("test"));
    }

    private static Credentials both() {
        return Credentials.builder().add(Tokens.hash(OLD), 2_000_000, credential("*", 2))
            .add(Tokens.hash(NEW), Credentials.NEVER, credential("*", 2)).build();
    }

    private static Credential credential(final String users, final int streams) {
        return new Credential("crm", 1, new ReadGrant(users, "*"), null, false, new CredentialLimits(streams, 5, 5));
    }
}

package io.strowger.ops.gateway;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strowger.ops.access.AccessGate;
import io.strowger.ops.access.Admitted;
import io.strowger.ops.access.Credential;
import io.strowger.ops.access.CredentialLimits;
import io.strowger.ops.access.Credentials;
import io.strowger.ops.access.FloodException;
import io.strowger.ops.access.Tokens;
import io.strowger.ops.gateway.web.Problem;
import org.junit.jupiter.api.Test;

class TicketsTest {
    private static final int MOST_OF_ONE = 1_000;
    private static final long LIFE_NS = 30_000_000_000L;

    private final AccessGate gate = new AccessGate(Credentials.builder()
        .add(Tokens.hash("crm"), Credentials.NEVER, credential("crm"))
        .add(Tokens.hash("board"), Credentials.NEVER, credential("board")).build(), () -> 1);
    private final Tickets tickets = new Tickets();

    @Test
    void shouldHaveSoManyWaitOfAnApplicationAndNoMoreWhateverBecameOfOthers() throws FloodException {
        final Admitted crm = gate.admit("crm", "192.0.2.1");
        String last = "";
        for (int i = 0; i < MOST_OF_ONE; i++) {
            last = tickets.issue(crm, 0);
        }
        assertThrows(Problem.class, () -> tickets.issue(crm, LIFE_NS));
        assertNotNull(tickets.issue(gate.admit("board", "192.0.2.1"), LIFE_NS), "another application");
        assertNotNull(tickets.redeem(last, 0));
        assertNull(tickets.redeem(last, 0), "once");
        assertNotNull(tickets.issue(crm, LIFE_NS), "in place of the one that was used, and of that alone");
        assertThrows(Problem.class, () -> tickets.issue(crm, LIFE_NS));
        for (int i = 1; i < MOST_OF_ONE; i++) {
            last = tickets.issue(crm, LIFE_NS + 1);
        }
        assertThrows(Problem.class, () -> tickets.issue(crm, LIFE_NS + 1), "the one that is left of before, and these");
        assertNull(tickets.redeem(last, 2 * LIFE_NS + 2), "too late");
    }

    private static Credential credential(final String name) {
        return new Credential(name, 1, null, null, false, new CredentialLimits(1, 1, 1));
    }
}

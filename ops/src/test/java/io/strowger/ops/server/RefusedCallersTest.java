package io.strowger.ops.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.access.AccessGate;
import io.strowger.ops.access.Admitted;
import io.strowger.ops.access.Credential;
import io.strowger.ops.access.CredentialLimits;
import io.strowger.ops.access.Credentials;
import io.strowger.ops.access.Tokens;
import io.strowger.ops.log.Heard;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusedCallersTest {
    @Test
    void shouldCountRefusedCallersInALineAMinute() throws Exception {
        final AccessGate gate = new AccessGate(Credentials.builder().add(Tokens.hash("t"), Credentials.NEVER,
            new Credential("crm", 1, null, null, false, new CredentialLimits(1, 1, 1))).build(), () -> 1);
        final RefusedCallers refused = new RefusedCallers().watch("applications", gate);
        try (Heard heard = Heard.all()) {
            refused.look();
            assertNull(gate.admit("wrong", "192.0.2.1"));
            assertNull(gate.admit(null, "192.0.2.2"));
            final Admitted crm = gate.admit("t", "192.0.2.3");
            assertTrue(crm.takeStream());
            assertFalse(crm.takeStream());
            refused.look();
            refused.look();
            assertEquals(List.of("WARNING 2 applications not let in within a minute, without a token that is known or without TLS,"
                + " the last from 192.0.2.2",
                "WARNING 1 refused within a minute, beyond the limits of their application, the last of 1/crm"), heard.lines());
        }
    }
}

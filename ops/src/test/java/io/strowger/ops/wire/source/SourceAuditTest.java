package io.strowger.ops.wire.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.strowger.ops.access.Audit;
import io.strowger.ops.access.Credentials;
import io.strowger.ops.access.Tokens;
import io.strowger.router.source.SourceGrant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who comes to the port is kept: who was let in as well as who was not, and why. */
class SourceAuditTest {
    private static final String ADDRESS = "192.0.2.1";

    private final List<String> kept = new ArrayList<>();
    private final Audit audit = (kind, who, address, text) ->
        kept.add(kind + " " + (null == who ? "nobody" : who.name()) + " " + address + " " + text);

    @Test
    void shouldKeepWhoWasLetInAndWhoWasNot() throws Exception {
        final SourceAccount account = new SourceAccount(SourceGrant.of("switch", 3),
            Map.of(Tokens.hash(Wired.TOKEN), Credentials.NEVER), "switch.example");
        final SourceAccess access = new SourceAccess(List.of(account), () -> 1, audit);
        assertNotNull(access.admit(Wired.TOKEN, Set.of(), ADDRESS));
        assertNotNull(access.admit(null, Set.of("switch.example"), ADDRESS));
        assertNull(access.admit(null, Set.of(), ADDRESS));
        assertNull(access.admit(null, Set.of("stranger.example"), ADDRESS));
        assertNull(access.admit("wrong", Set.of("switch.example"), ADDRESS));
        assertEquals(List.of("ADMITTED 3/switch 192.0.2.1 source, SBE", "ADMITTED 3/switch 192.0.2.1 source, SBE",
            "REFUSED nobody 192.0.2.1 no token",
            "REFUSED nobody 192.0.2.1 no token, and a certificate that is no source's: [stranger.example]",
            "REFUSED nobody 192.0.2.1 a token that is none, or none any more"), kept);
        assertEquals(3, access.gate().refused());
    }
}

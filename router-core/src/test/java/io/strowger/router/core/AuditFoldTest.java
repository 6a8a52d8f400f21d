package io.strowger.router.core;

import static io.strowger.router.core.FoldHarness.seen;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.AuditDecoder;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.router.record.Outcome;
import org.junit.jupiter.api.Test;

final class AuditFoldTest {
    @Test
    void shouldKeepWhatWasDoneAtTheGatesAndChangeNothing() {
        final FoldHarness router = FoldHarness.up().apply(seen("u101", "u101"));
        final long digest = router.core.digest();
        router.told.clear();
        assertEquals(Outcome.NO_CHANGE, router.applyAs(audit().from(0, 0, 5_000)).outcome);
        assertEquals(Outcome.NO_CHANGE, router.applyAs(audit().from(0, 0, 5_000).tenant(-1)).outcome);
        assertEquals(digest, router.core.digest());
        assertTrue(router.told.isEmpty(), "no event");
    }

    @Test
    void shouldRefuseItFromASource() {
        final FoldHarness router = FoldHarness.up();
        assertEquals(Outcome.REJECTED, router.applyAs(audit().from(1, 1_000, 5_000)).outcome);
        assertEquals(RejectReason.NOT_ALLOWED.value(), router.reason);
    }

    private static Signal audit() {
        return new Signal(AuditDecoder.TEMPLATE_ID, AuditDecoder.BLOCK_LENGTH, 3).text(0, "crm").text(1, "10.0.0.9").text(2, "words");
    }
}

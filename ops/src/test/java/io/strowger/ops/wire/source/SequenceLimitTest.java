package io.strowger.ops.wire.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.codecs.sbe.SourceRejectDecoder;
import io.strowger.ops.wire.OpeningAnswer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A number that nobody comes to by counting takes nothing from what follows. */
@Timeout(60)
class SequenceLimitTest {
    @TempDir
    private Path folder;

    @Test
    void shouldRefuseNumberBeyondReasonByItsNameAndTakeWhatFollowsOnTheNextConnection() throws Exception {
        try (Wired wired = new Wired(folder)) {
            try (RawSource source = RawSource.opened(wired.port(), Wired.TOKEN)) {
                source.hello(Wired.NAME);
                Wired.await(() -> SourceState.LIVE == wired.health().state(), () -> wired.health().toString());
                source.seen(1, "leg-1");
                source.seen(Long.MAX_VALUE, "leg-2");
                assertEquals(Long.MAX_VALUE, rejected(source));
                assertEquals(OpeningAnswer.BAD_FRAME, source.answer());
            }
            Wired.await(() -> SourceState.AWAITED == wired.health().state(), () -> wired.health().toString());
            assertEquals(1, wired.health().rejects());
            try (RawSource source = RawSource.opened(wired.port(), Wired.TOKEN)) {
                source.hello(Wired.NAME);
                Wired.await(() -> SourceState.LIVE == wired.health().state(), () -> wired.health().toString());
                source.seen(2, "leg-2");
                Wired.await(() -> 2 == wired.health().signals(), () -> wired.health().toString());
            }
            assertEquals(2, wired.endAndRead(Wired.TENANT).size());
        }
    }

    @Test
    void shouldLetPassWhatASourceCanComeTo() {
        final SequenceLimit limit = new SequenceLimit();
        limit.greeted(true);
        assertFalse(limit.isBeyond(1L << 60), "the first number is the source's own");
        assertTrue(limit.isBeyond(Long.MAX_VALUE));
        limit.taken(5);
        assertFalse(limit.isBeyond(5 + (1L << 32) - 1));
        assertTrue(limit.isBeyond(5 + (1L << 32)));
        assertFalse(limit.isBeyond(-1));
        assertFalse(limit.isBeyond(Long.MIN_VALUE), "no number");
        limit.greeted(false);
        assertFalse(limit.isBeyond(1L << 60), "with holes");
        assertTrue(limit.isBeyond(Long.MAX_VALUE));
    }

    private static long rejected(final RawSource source) throws Exception {
        return new SourceRejectDecoder()
            .wrapAndApplyHeader(source.frame(SourceRejectDecoder.TEMPLATE_ID), 0, new MessageHeaderDecoder()).rejected();
    }
}

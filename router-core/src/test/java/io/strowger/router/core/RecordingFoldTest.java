package io.strowger.router.core;

import static io.strowger.router.core.FoldHarness.hangup;
import static io.strowger.router.core.FoldHarness.recording;
import static io.strowger.router.core.FoldHarness.seen;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.strowger.codecs.sbe.RejectReason;
import io.strowger.router.record.Outcome;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Each recording is told once, with its own length, however several of one leg overlap.
 */
final class RecordingFoldTest {
    private final FoldHarness pbx = FoldHarness.up();

    @BeforeEach
    void call() {
        pbx.apply(seen("u101", "u101"));
    }

    @Test
    void shouldPairByNameWhenRecordingsOverlap() {
        start("a").later(100);
        start("b").later(100);
        start(null).later(100);
        stop("a");
        stop("b").later(50);
        stop(null);
        assertEquals(List.of("a 300", "b 200", " 150"), recordings());
    }

    @Test
    void shouldStopTheLastStartedWhenTheStopNamesNone() {
        start("a").later(100);
        start("b").later(100);
        stop(null).later(10);
        stop(null);
        assertEquals(List.of("b 100", "a 210"), recordings());
    }

    @Test
    void shouldStopOneStartedWithoutANameWhenNoneHasTheNameOfTheStop() {
        start(null).later(100);
        start("b").later(100);
        stop("late-name");
        assertEquals(List.of("late-name 200"), recordings());
        stop("late-name");
        assertEquals(Outcome.NO_CHANGE, pbx.outcome);
        assertEquals(1, recordings().size());
    }

    @Test
    void shouldTellNothingOfAStopThatNoStartWasSeenOf() {
        stop(null);
        assertEquals(Outcome.NO_CHANGE, pbx.outcome);
        stop("a");
        assertEquals(Outcome.NO_CHANGE, pbx.outcome);
        assertEquals(List.of(), recordings());
    }

    @Test
    void shouldTakeARepeatedStartOfOneNameForOneRecording() {
        start("a").later(100);
        start("a").later(100);
        assertEquals(Outcome.NO_CHANGE, pbx.outcome);
        stop("a");
        pbx.apply(hangup("u101", 16));
        assertEquals(List.of("a 200"), recordings());
    }

    @Test
    void shouldEndEachWithItsOwnLengthWhenTheLegEnds() {
        start("a").later(100);
        start("b").later(100);
        start("c").later(100);
        stop("b");
        pbx.apply(hangup("u101", 16));
        assertEquals(List.of("b 200", "c 100", "a 300"), recordings());
        assertEquals("call.cleared", pbx.types().get(pbx.types().size() - 1));
    }

    @Test
    void shouldRefuseMoreRecordingsThanAnEndMayTell() {
        for (int i = 0; i < 16; i++) {
            start("r" + i);
            assertEquals(Outcome.APPLIED, pbx.outcome);
        }
        start("one more");
        assertEquals(Outcome.REJECTED, pbx.outcome);
        assertEquals(RejectReason.CAPACITY.value(), pbx.reason);
        pbx.apply(hangup("u101", 16));
        assertEquals(16, recordings().size());
    }

    @Test
    void shouldHaveAnotherDigestWhenRecordingsDifferInStartOrNameOnly() {
        start("a");
        final FoldHarness named = FoldHarness.up().apply(seen("u101", "u101"));
        named.apply(recording(true, "u101", "b"));
        assertNotEquals(pbx.core.digest(), named.core.digest());
        final FoldHarness late = FoldHarness.up().apply(seen("u101", "u101")).later(1);
        late.apply(recording(true, "u101", "a"));
        assertNotEquals(pbx.core.digest(), late.core.digest());
    }

    private FoldHarness start(final String name) {
        return pbx.apply(recording(true, "u101", name));
    }

    private FoldHarness stop(final String name) {
        return pbx.apply(recording(false, "u101", name));
    }

    private List<String> recordings() {
        return pbx.told.stream().filter(told -> "history.call-recorded".equals(told.type()))
            .map(told -> told.reference() + " " + told.durationMs()).collect(Collectors.toList());
    }
}

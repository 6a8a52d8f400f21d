package io.strowger.router.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.fixture.DirectBuffers;
import io.strowger.router.journal.Durability;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SourceProgressTest {
    private static final int CONNECTIONS = 500;

    private final SourceProgress progress = new SourceProgress(4, Durability.ACCEPTED, new PublishedEnd());

    @Test
    void shouldGiveEveryConnectionOfASourceTheSameWatchAndMakeNoOther() {
        final SourceWatch first = progress.watch(2);
        final long before = DirectBuffers.count();
        for (int i = 0; i < CONNECTIONS; i++) {
            progress.forget(2);
            assertSame(first, progress.watch(2));
        }
        final long made = DirectBuffers.count() - before;
        assertTrue(made < CONNECTIONS / 10, () -> made + " made");
    }

    @Test
    void shouldTellTheNextConnectionWhatWasRefusedMeanwhile() {
        progress.watch(3);
        progress.forget(3);
        progress.refuse(3, 7, 42);
        progress.refuse(1, 7, 43);
        final List<String> told = new ArrayList<>();
        assertEquals(1, progress.watch(3).poll((reason, sequence, count) -> told.add(reason + " " + sequence + ' ' + count)));
        assertEquals(List.of("7 42 1"), told);
    }
}

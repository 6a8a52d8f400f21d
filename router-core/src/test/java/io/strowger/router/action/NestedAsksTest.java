package io.strowger.router.action;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.journal.Journal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A handler that asks and turns the router from within its poll.
 */
class NestedAsksTest {
    private final Router router = Router.launch(new RouterContext().journal((Journal)new MemoryJournal())
        .threadingMode(ThreadingMode.INVOKER));

    @AfterEach
    void close() {
        router.close();
    }

    @Test
    void shouldAnswerAllThatAHandlerAsksFromWithinItsPoll() {
        final ActionClient narrow = router.openActions(ActionGrant.of("narrow", 1).withWindow(1));
        final int asks = 500;
        final int[] asked = {0};
        final int[] ended = {0};
        while (ended[0] < asks) {
            if (asked[0] < asks && narrow.hangUp("k" + asked[0], "nobody's", null, -1) > 0) {
                asked[0]++;
            }
            settle();
            narrow.poll(answer -> {
                ended[0] += answer.isFinal() ? 1 : 0;
                if (asked[0] < asks && narrow.hangUp("k" + asked[0], "nobody's", null, -1) > 0) {
                    asked[0]++;
                }
                settle();
            }, Integer.MAX_VALUE);
            assertEquals(null, router.failure());
        }
        assertEquals(0, narrow.pending());
        assertEquals(asks, ended[0]);
    }

    private void settle() {
        Pbx.settle(router);
    }
}

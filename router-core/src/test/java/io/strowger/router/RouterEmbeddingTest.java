package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.fixture.EchoFold;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.fixture.Spin;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.record.RecordLayout;
import java.util.concurrent.TimeUnit;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The router is embedded in ten lines, with the threads it starts by default.
 */
class RouterEmbeddingTest {
    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void shouldShowTheEventWhenASignalIsOffered() {
        final ExpandableArrayBuffer signal = new ExpandableArrayBuffer();
        final int length = new EventSignal().tenant(1).user("102").encode(signal);
        final long[] seen = new long[1];

        try (Router router = Router.launch(context(new MemoryJournal()))) {
            final Channel channel = router.openChannel();
            final Subscription subscription = router.subscribe(Filter.ofTenant(1).withUser("102"));
            channel.offer(signal, 0, length);
            while (0 == subscription.poll((buffer, record) -> seen[0] = RecordLayout.sequence(buffer, record), 10)) {
                Spin.once();
            }
        }

        assertEquals(1, seen[0]);
    }

    private static RouterContext context(final MemoryJournal journal) {
        return new RouterContext().journal(journal).foldFactory((out, hashSeed) -> new EchoFold(out))
            .admission((buffer, offset, length) -> 0);
    }
}

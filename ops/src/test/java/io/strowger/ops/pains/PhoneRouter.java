package io.strowger.ops.pains;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.ConnectionFacts;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.actionurl.ActionUrlSettings;
import io.strowger.codecs.actionurl.ActionUrlTemplate;
import io.strowger.codecs.actionurl.ActionUrlTranslator;
import io.strowger.codecs.admission.AdmissionWalk;
import io.strowger.codecs.admission.TemplateSet;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.pipeline.Channel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A router that one phone posts its calls to, over a Chronicle journal, on the caller's thread and by a clock that only the test moves.
 */
final class PhoneRouter implements AutoCloseable {
    private static final int TENANT = 1;
    private static final long STEP_MS = 500;

    private final ChronicleJournal journal;
    private final Router router;
    private final ActionUrlTranslator translator;
    private final SignalSink sink;
    private long nowNs = TimeUnit.DAYS.toNanos(20_000);

    /**
     * A phone that is connected.
     *
     * @param folder     of the journal.
     * @param ageLimitMs for how long a session may go unseen.
     */
    PhoneRouter(final Path folder, final long ageLimitMs) {
        journal = ChronicleJournal.open(new ChronicleJournalContext().directory(folder));
        router = Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.INVOKER).epochNanoClock(() -> nowNs)
            .sessionAgeLimitMs(ageLimitMs).admission(new AdmissionWalk(TemplateSet.forSources())::check));
        final Channel channel = router.openChannel();
        sink = (buffer, offset, length) -> channel.offer(buffer, offset, length) > 0;
        final int source = router.sourceNumber(1, "phone");
        translator = new ActionUrlTranslator(ActionUrlSettings.of(source, TENANT, "101", "phone", ActionUrlTemplate.YEALINK_PHONE));
        assertTrue(new ConnectionFacts(source, TENANT, "phone", "action-url").connected(0, nowNs, true, sink));
        translator.connected(0);
        settle();
    }

    /** The phone posts what happens to a call, as a query. */
    void post(final String query) {
        final byte[] request = ("GET /phone?event=" + query + " HTTP/1.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        assertEquals(request.length, translator.onBytes(new UnsafeBuffer(request), 0, request.length, nowNs, sink));
        settle();
    }

    /** Time goes by, and nothing else happens. */
    void pass(final long ms) {
        for (long left = ms; left > 0; left -= STEP_MS) {
            nowNs += TimeUnit.MILLISECONDS.toNanos(Math.min(STEP_MS, left));
            settle();
        }
    }

    @Override
    public void close() {
        router.close();
        journal.close();
    }

    private void settle() {
        while (router.poll() > 0) {
            Thread.onSpinWait();
        }
    }
}

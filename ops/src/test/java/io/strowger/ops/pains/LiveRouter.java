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
import io.strowger.codecs.ami.AmiSettings;
import io.strowger.codecs.ami.AmiTranslator;
import io.strowger.codecs.translate.StreamTranslator;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.status.RouterCounter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A router that one source speaks to, over a Chronicle journal, on the caller's thread and by a clock that only the test moves.
 */
final class LiveRouter implements AutoCloseable {
    private static final int TENANT = 1;
    private static final long STEP_MS = 500;
    private static final int SOURCE = 1;
    private static final long AGE_LIMIT_MS = 600_000;

    private final ChronicleJournal journal;
    private final Router router;
    private final StreamTranslator translator;
    private final SignalSink sink;
    private long nowNs = TimeUnit.DAYS.toNanos(20_000);

    private LiveRouter(final Path folder, final long ageLimitMs, final String name, final String dialect, final StreamTranslator source) {
        translator = source;
        journal = ChronicleJournal.open(new ChronicleJournalContext().directory(folder));
        router = Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.INVOKER).epochNanoClock(() -> nowNs)
            .sessionAgeLimitMs(ageLimitMs).admission(new AdmissionWalk(TemplateSet.forSources())::check));
        final Channel channel = router.openChannel();
        sink = (buffer, offset, length) -> channel.offer(buffer, offset, length) > 0;
        assertEquals(SOURCE, router.sourceNumber(TENANT, name));
        assertTrue(new ConnectionFacts(SOURCE, TENANT, name, dialect).connected(0, nowNs, true, sink));
        translator.connected(0);
        settle();
    }

    /**
     * One phone that posts its calls.
     *
     * @param folder     of the journal.
     * @param ageLimitMs for how long a session may go unseen.
     */
    static LiveRouter ofPhone(final Path folder, final long ageLimitMs) {
        return new LiveRouter(folder, ageLimitMs, "phone", "action-url",
            new ActionUrlTranslator(ActionUrlSettings.of(SOURCE, TENANT, "101", "phone", ActionUrlTemplate.YEALINK_PHONE)));
    }

    /** An Asterisk server whose manager stream is read. */
    static LiveRouter ofAsterisk(final Path folder) {
        return new LiveRouter(folder, AGE_LIMIT_MS, "pbx", "ami", new AmiTranslator(AmiSettings.of(SOURCE, TENANT)));
    }

    /** The phone posts what happens to a call, as a query. */
    void post(final String query) {
        feed("GET /phone?event=" + query + " HTTP/1.1\r\n\r\n");
    }

    /** The source sends these bytes. */
    void feed(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertEquals(bytes.length, translator.onBytes(new UnsafeBuffer(bytes), 0, bytes.length, nowNs, sink));
        settle();
    }

    /** What the router has counted. */
    long count(final RouterCounter counter) {
        return router.counters().get(counter);
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

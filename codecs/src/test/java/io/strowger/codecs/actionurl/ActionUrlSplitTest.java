package io.strowger.codecs.actionurl;

import static io.strowger.codecs.actionurl.ActionUrl.get;
import static io.strowger.codecs.actionurl.ActionUrl.polycom;
import static io.strowger.codecs.actionurl.ActionUrl.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.http.HttpRequestFramer;
import io.strowger.codecs.translate.FactLog;
import io.strowger.codecs.translate.FactLog.Fact;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Pieces, refusals, anything at all, and no allocation.
 */
final class ActionUrlSplitTest {
    private static final int WARM_UP = 60;

    @Property(tries = 300)
    void shouldGiveTheSameFactsInAnyPieces(
        @ForAll("requests") @Size(max = 10) final List<String> requests, @ForAll @IntRange(min = 1, max = 80) final int piece,
        @ForAll final long seed, @ForAll("templates") final ActionUrlTemplate template) {
        final byte[] stream = String.join("", requests).getBytes(StandardCharsets.UTF_8);
        assertEquals(inPieces(template, stream, stream.length + 1, null), inPieces(template, stream, piece, new Random(seed)));
    }

    @Property(tries = 1000)
    void shouldMakeWholeFactsOfAnyQuery(@ForAll("queries") final String query) {
        final FactLog log = ActionUrl.generic(get("/p?" + query + "&event=registered"));
        assertTrue(log.facts().size() <= 2, log.facts().toString());
        assertEquals("Registration", ActionUrl.generic(get("/p?event=registered&" + query)).only().template());
    }

    @Property(tries = 1000)
    void shouldMakeWholeFactsOfAnyXml(@ForAll("documents") final String xml) {
        final ActionUrlTranslator translator = new ActionUrlTranslator(settings(ActionUrlTemplate.POLYCOM_PHONE));
        final FactLog log = ActionUrl.translate(translator, polycom(xml), polycom("<LineRegistrationEvent/>"));
        assertEquals("Registration", log.facts().get(log.facts().size() - 1).template());
    }

    /** A value that was encoded is read as it was, whatever is in it. */
    @Property(tries = 500)
    void shouldReadBackWhatWasEncoded(@ForAll @Size(min = 1, max = 80) final byte[] bytes) {
        final StringBuilder value = new StringBuilder();
        for (final byte octet : bytes) {
            value.append(String.format("%%%02X", octet));
        }
        final QueryFixture query = new QueryFixture("/p?remote=1&display_remote=" + value + "&event=incoming");
        assertEquals(bytes[0] == '$' ? "" : new String(bytes, StandardCharsets.ISO_8859_1), query.text(RequestField.REMOTE_NAME));
    }

    @Test
    void shouldAllocateNothing() {
        final byte[] stream = String.join("", get("/p?event=incoming&remote=sip:102@h;x=y&display_remote=Bob Brown"),
            get("/p?event=established&remote=102"), get("/p?event=hold"), get("/p?event=resumed"), get("/p?event=transfer-finished&to=103"),
            get("/p?event=terminated"), get("/p?event=outgoing&call_id=7&remote=%2B49"), get("/p?event=cancelled&call_id=7"),
            get("/p?event=dnd-on"), get("/p?event=mute"), get("/p?event=registered")).getBytes(StandardCharsets.UTF_8);
        final byte[] xml = (polycom("<IncomingCallEvent><CallingPartyNumber>102</CallingPartyNumber></IncomingCallEvent>")
            + polycom("<CallStateChangeEvent CallReference=\"7\" CallState=\"Connected\"/>")
            + polycom("<CallStateChangeEvent CallReference=\"7\" CallState=\"Free\"/>") + polycom("<")).getBytes(StandardCharsets.UTF_8);
        assertEquals(0, allocated(ActionUrlTemplate.GENERIC_PHONE, stream));
        assertEquals(0, allocated(ActionUrlTemplate.POLYCOM_PHONE, xml));
    }

    private static long allocated(final ActionUrlTemplate template, final byte[] stream) {
        final ActionUrlTranslator translator = new ActionUrlTranslator(settings(template));
        final UnsafeBuffer bytes = new UnsafeBuffer(stream);
        final long[] count = new long[1];
        final SignalSink sink = (buffer, offset, length) -> {
            count[0]++;
            return true;
        };
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < WARM_UP; i++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int j = 0; j < 100; j++) {
                translator.connected(j);
                translator.onBytes(bytes, 0, stream.length, ActionUrl.ARRIVAL_NS, sink);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(count[0] > 10_000, "facts: " + count[0]);
        return least;
    }

    private static List<Fact> inPieces(
        final ActionUrlTemplate template, final byte[] stream, final int piece, final Random refusals) {
        final FactLog log = new FactLog();
        final SignalSink sink = (buffer, offset, length) ->
            (refusals == null || refusals.nextInt(3) > 0) && log.offer(buffer, offset, length);
        final ActionUrlTranslator translator = new ActionUrlTranslator(settings(template));
        final UnsafeBuffer bytes = new UnsafeBuffer(stream);
        int at = 0;
        while (at < stream.length) {
            at += translator.onBytes(bytes, at, Math.min(piece, stream.length - at), ActionUrl.ARRIVAL_NS, sink);
        }
        translator.disconnected();
        return log.facts();
    }

    /** One query, read. */
    private static final class QueryFixture {
        private final RequestFields fields = new RequestFields(ActionUrlTemplate.GENERIC_PHONE);

        QueryFixture(final String target) {
            final byte[] bytes = get(target).getBytes(StandardCharsets.ISO_8859_1);
            final HttpRequestFramer framer = new HttpRequestFramer(100);
            framer.frame(new UnsafeBuffer(bytes), 0, bytes.length);
            new QueryReader(fields).read(framer.request());
        }

        String text(final RequestField field) {
            return new String(fields.bytes(), fields.offset(field), fields.length(field), StandardCharsets.ISO_8859_1);
        }
    }

    @Provide
    Arbitrary<ActionUrlTemplate> templates() {
        return Arbitraries.of(ActionUrlTemplate.GENERIC_PHONE, ActionUrlTemplate.POLYCOM_PHONE);
    }

    @Provide
    Arbitrary<List<String>> requests() {
        return Arbitraries.of(get("/p?event=incoming&remote=102"), get("/p?event=established"), get("/p?event=terminated"), "\r\n",
            get("/p?event=dnd on&x=é"), get("/p?event=cancelled&call_id=1"), polycom("<IncomingCallEvent/>"), polycom("<x"),
            polycom("<CallStateChangeEvent CallReference=\"7\" CallState=\"Connected\"/>"),
            "POST /p HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}")
            .list();
    }

    @Provide
    Arbitrary<String> queries() {
        return Arbitraries.of("event", "call_id", "remote", "display_remote", "=", "=", "&", "&", "%", "%2", "%20", "%00", "incoming",
            "established", "terminated", "sip:102@h;x", "<", ">", "\"", "$remote", "?", "/", "#", " ", "é", "102").list().ofMaxSize(30)
            .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> documents() {
        return Arbitraries.of("<", ">", "</", "/>", "IncomingCallEvent", "CallState", "=", "\"", "'", "&amp;", "&", "x", " ", "\n", "<a>",
            "</a>", "<!--", "-->", "<?", "?>", "<![CDATA[", "é", "<IncomingCallEvent>", "</IncomingCallEvent>",
            "<CallingPartyNumber>102</CallingPartyNumber>").list().ofMaxSize(30).map(parts -> String.join("", parts));
    }
}

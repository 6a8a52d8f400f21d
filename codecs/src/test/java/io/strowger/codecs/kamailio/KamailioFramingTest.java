package io.strowger.codecs.kamailio;

import static io.strowger.codecs.kamailio.Kamailio.event;
import static io.strowger.codecs.kamailio.Kamailio.netstring;
import static io.strowger.codecs.kamailio.Kamailio.post;
import static io.strowger.codecs.kamailio.Kamailio.translate;
import static io.strowger.codecs.kamailio.Kamailio.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strowger.codecs.SourceSequence;
import io.strowger.codecs.translate.FactLog;
import io.strowger.codecs.translate.StreamCounters.Counter;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Netstrings, requests, and what is neither.
 */
final class KamailioFramingTest {
    private final KamailioTranslator translator = new KamailioTranslator(Kamailio.SETTINGS);

    @Test
    void shouldGiveSourceSequencesOfBlockEndAndOrdinal() {
        final String first = netstring(event("invite"));
        final FactLog log = translate(first + "\n" + netstring(event("dialog:end")));
        assertEquals(SourceSequence.of(0, first.length(), 0), Long.parseLong(log.facts().get(0).get("sourceSequence")));
        final long second = Long.parseLong(log.facts().get(2).get("sourceSequence"));
        assertEquals(1, SourceSequence.ordinal(second));
    }

    @Test
    void shouldReadPipelinedPostsWhenAConnectionBeginsWithALetter() {
        final FactLog log = translate(post(event("dialog:start")) + "\r\n" + post(event("dialog:end")));
        assertEquals(List.of("LegSeen", "LegSeen", "Bridge", "Bridge", "Hangup", "Hangup"), log.templates());
        assertEquals("c1;101", log.facts().get(0).get("nativeId"));
    }

    @Test
    void shouldReadABodyThatComesInChunks() {
        final String json = event("invite");
        final FactLog log = translate("POST /e HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\n" + json.substring(0, 5) + "\r\n"
            + Integer.toHexString(json.length() - 5) + "\r\n" + json.substring(5) + "\r\n0\r\nTrailer: 1\r\n\r\n" + post(event("invite")));
        assertEquals(List.of("LegSeen", "LegSeen"), log.templates());
    }

    @Test
    void shouldKeepARequestThatIsNoPostOfJson() {
        final FactLog log = translate(
            translator, utf8("GET /action?event=x HTTP/1.1\r\nHost: h\r\n\r\n" + post("{]") + post(event("invite"))));
        assertEquals(List.of("Other http-request", "Other json-malformed"),
            log.facts().subList(0, 2).stream().map(fact -> fact.show("name")).toList());
        assertEquals("LegSeen", log.facts().get(2).template());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "hello there\r\n\r\n", "POST /e HTTP/1.1\r\nContent-Length: x\r\n\r\n", "POST /e HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST /e HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "POST /e HTTP/2.0\r\n\r\n", "POST HTTP/1.1\r\n\r\n",
        "POST /e HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST /e HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", "POST /e HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"})
    void shouldSkipTheRestOfAConnectionWhoseLengthsAreInDoubt(final String bad) {
        final FactLog log = translate(translator, utf8(bad + post(event("invite"))));
        assertEquals("Other http-malformed", log.only().show("name"));
        assertEquals(1, translator.counters().get(Counter.MALFORMED));
        assertEquals("LegSeen", translate(translator, utf8(post(event("invite")))).only().template());
    }

    @Test
    void shouldSkipAHeadWithoutAnEnd() {
        assertEquals("Other http-malformed", translate(translator, utf8("GET /" + "a".repeat(20_000))).only().show("name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "12x", "5:{\"a\":1},", "{\"event\":\"invite\"}", "99999999999:", ",", "3:abcd,", ",:,1:x"})
    void shouldComeBackToTheNextNetstringAfterWhatIsNone(final String bad) {
        final FactLog log = translate(translator, utf8(netstring(event("invite")) + bad + "," + netstring(event("invite"))));
        final List<String> templates = log.templates();
        assertEquals("LegSeen", templates.get(0));
        assertEquals("LegSeen", templates.get(templates.size() - 1));
        assertEquals(2, log.of("LegSeen").size());
        assertEquals(templates.size() - 2L, log.of("Other").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "{", "[]",
        "{\"event\"}", "{\"event\":}", "{\"event\":\"x\"", "{\"event\":\"x\"}}", "{\"event\":\"\\x\"}", "{\"event\":\"\\u00g0\"}",
        "{\"a\":1}", "{\"event\":\"x\",}", "{\"event\":\"x\" \"a\":1}", "{\"a\":[1,],\"event\":\"x\"}", "{\"event\":null}",
        "{\"event\":\"x\",\"event\":\"x\"}", "{\"event\":\"x\",\"callid\":null,\"callid\":\"2\"}",
        "{\"event\":\"x\",\"\\u0065vent\":\"y\"}"})
    void shouldKeepJsonThatIsNone(final String bad) {
        final FactLog log = translate(translator, utf8(netstring(bad) + netstring(event("invite"))));
        assertEquals(List.of("Other", "LegSeen"), log.templates());
        assertEquals("json-malformed", log.facts().get(0).get("name"));
        assertEquals(bad, log.facts().get(0).get("text"));
    }

    @Test
    void shouldRefuseNestingThatIsTooDeep() {
        final String deep = "{\"event\":\"x\",\"a\":" + "[".repeat(50) + "]".repeat(50) + "}";
        assertEquals("json-malformed", Kamailio.facts(deep).only().get("name"));
        assertEquals("x", Kamailio.facts("{\"a\":{\"event\":\"y\",\"b\":[{},[]]},\"event\":\"x\",\"c\":1,\"c\":2}").only().get("name"));
    }

    @Test
    void shouldCutWhatIsTooLargeAndGoOn() {
        final KamailioTranslator small = new KamailioTranslator(Kamailio.SETTINGS.withMaxBlockLength(512));
        final FactLog log = translate(small, utf8(netstring("{\"event\":\"" + "x".repeat(600) + "\"}") + netstring(event("invite"))));
        assertEquals(List.of("Other", "LegSeen"), log.templates());
        assertEquals(256, log.facts().get(0).get("text").length());
        final FactLog posts = translate(small, utf8(post("{\"event\":\"" + "x".repeat(600) + "\"}") + post(event("invite"))));
        assertEquals(List.of("Other", "LegSeen"), posts.templates());
        assertEquals(2, small.counters().get(Counter.TOO_LARGE));
    }

    @Test
    void shouldCountAHalfMessageWhenTheConnectionEnds() {
        final byte[] half = utf8(netstring(event("invite")).substring(0, 20));
        assertEquals(0, translate(translator, half).facts().size());
        assertEquals(1, translator.counters().get(Counter.UNFINISHED));
        assertEquals(1, translate(translator, utf8(netstring(event("invite")))).facts().size());
    }

    @Test
    void shouldRefuseAConnectionOutOfItsRange() {
        assertThrows(IllegalArgumentException.class, () -> translator.connected(-1));
        assertThrows(IllegalArgumentException.class, () -> translator.connected(SourceSequence.MAX_CONNECTION + 1));
        final byte[] stream = utf8(netstring(event("invite")));
        assertEquals(stream.length - 1, translator.onBytes(new UnsafeBuffer(stream), 0, stream.length, 1, (b, o, l) -> false));
        assertThrows(IllegalStateException.class, translator::disconnected);
    }
}

package io.strowger.codecs.esl;

import static io.strowger.codecs.esl.Esl.caller;
import static io.strowger.codecs.esl.Esl.facts;
import static io.strowger.codecs.esl.Esl.frame;
import static io.strowger.codecs.esl.Esl.json;
import static io.strowger.codecs.esl.Esl.plain;
import static io.strowger.codecs.esl.Esl.plainEvent;
import static io.strowger.codecs.esl.Esl.translate;
import static io.strowger.codecs.esl.Esl.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.translate.FactLog;
import io.strowger.codecs.translate.StreamCounters.Counter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Where frames begin and end, and how their values are written.
 */
final class EslFramingTest {
    private static final String NEXT = plain(caller("CHANNEL_CREATE"));

    @Test
    void shouldReadHeadersOfAnyCaseAndBothLineEnds() {
        final String body = plain(caller("CHANNEL_CREATE")).split("\n\n", 2)[1];
        assertEquals(List.of("LegSeen"), translate("\r\ncontent-type: text/event-plain\r\nCONTENT-LENGTH:" + utf8(body).length
            + "\r\n\r\n" + body).templates());
    }

    @Test
    void shouldPassOverRepliesWithoutABody() {
        final FactLog log = translate("Content-Type: auth/request\n\nContent-Type: command/reply\nReply-Text: +OK accepted\n\n"
            + "Content-Type: command/reply\nReply-Text: -ERR command not found\n\n" + NEXT + frame("log/data", "2026 [INFO]\n") + NEXT);
        assertEquals(List.of("LegSeen", "LegSeen"), log.templates());
    }

    @Test
    void shouldReadTheEventThatAConnectReplyIs() {
        final String headers = plain(caller("CHANNEL_DATA", "Core-UUID", "core-1")).split("\n\n", 2)[1].stripTrailing();
        final FactLog log = translate(headers + "\nContent-Type: command/reply\nReply-Text: %2BOK\n\n" + NEXT);
        assertEquals(List.of("SourceBooted", "LegSeen", "LegSeen"), log.templates());
    }

    /** Pains B5: the header is decoded once, the body not at all. */
    @Test
    void shouldLeaveARawBodyUntouchedWhenHeadersAreEncoded() {
        final Map<String, String> event = plainEvent("MESSAGE", "from", "101@h", "to", "+4930@h", "_body", "你好%41");
        final FactLog log = facts(event);
        assertEquals("你好%41", log.only().get("text"));
        assertEquals("+4930", log.only().get("remoteParty"));
        final String stream = plain(plainEvent("MESSAGE", "from", "101@h", "to", "102@h", "_body", "你好"));
        assertTrue(stream.contains("Content-Length: 6\n\n"), stream);
        assertEquals("你好", translate(stream + NEXT).facts().get(0).get("text"));
    }

    @Test
    void shouldDecodeOnce() {
        assertEquals("a%20b", facts(caller("CHANNEL_CREATE", "Caller-Caller-ID-Name", "a%20b")).only().get("name"));
        assertEquals("ä:,\"ö", facts(caller("CHANNEL_CREATE", "Caller-Caller-ID-Name", "ä:,\"ö")).only().get("name"));
    }

    /** Pains B6: an event of 70,000 bytes is taken whole. */
    @Test
    void shouldTakeALargeEventWhole() {
        final StringBuilder many = new StringBuilder();
        for (int i = 0; i < 700; i++) {
            many.append("variable_some_name_").append(i).append(": ").append("x".repeat(80)).append('\n');
        }
        final String body = many + plain(caller("CHANNEL_CREATE")).split("\n\n", 2)[1];
        assertTrue(body.length() > 70_000);
        assertEquals(List.of("LegSeen", "LegSeen"), translate(frame("text/event-plain", body) + NEXT).templates());
    }

    @Test
    void shouldReportAFrameBeyondTheLimitAndTakeTheNext() {
        final EslTranslator translator = new EslTranslator(Esl.SETTINGS.withMaxFrameLength(1024));
        final FactLog log = translate(translator, utf8(frame("text/event-plain", "Event-Name: X\n" + "y".repeat(5000)) + NEXT
            + "Content-Type: " + "z".repeat(5000) + "\nContent-Length: 3\n\nabc" + NEXT));
        assertEquals(List.of("Other", "LegSeen", "Other", "LegSeen"), log.templates());
        assertEquals("frame-too-large", log.facts().get(0).get("name"));
        assertTrue(log.facts().get(0).get("text").startsWith("Event-Name: X"));
        assertEquals(2, translator.counters().get(Counter.TOO_LARGE));
    }

    @Test
    void shouldCountWhatIsUnfinishedAtTheEnd() {
        final EslTranslator translator = new EslTranslator(Esl.SETTINGS);
        translate(translator, utf8(NEXT.substring(0, NEXT.length() - 1)));
        assertEquals(1, translator.counters().get(Counter.UNFINISHED));
        translate(translator, utf8("Content-Len"));
        assertEquals(2, translator.counters().get(Counter.UNFINISHED));
    }

    @Test
    void shouldKeepWhatItCannotRead() {
        final EslTranslator translator = new EslTranslator(Esl.SETTINGS);
        final FactLog log = translate(translator, utf8(frame("text/event-xml", "<event/>") + frame("text/event-json", "{\"a\":")
            + "Content-Length: x\nContent-Type: text/event-plain\n\n" + "Foo: bar\n\n" + frame("text/event-json", "[]") + NEXT));
        assertEquals(List.of("text/event-xml", "event-malformed", "frame-malformed", "frame-malformed", "event-malformed"),
            log.of("Other").stream().map(fact -> fact.get("name")).toList());
        assertEquals(4, translator.counters().get(Counter.MALFORMED));
        assertEquals("LegSeen", log.facts().get(5).template());
    }

    @Test
    void shouldReadJsonWithNestedValuesNumbersAndEscapes() {
        final String body = "{ \"x\":{\"Unique-ID\":\"no\",\"y\":[1,{\"z\":\"}\"}]}, \"Event-Name\" : \"CHANNEL_CREATE\",\"n\":null,"
            + "\"unique-id\":\"u\\u002d1\",\"Caller-Caller-ID-Name\":\"\\ud83d\\ude00\\/\\t\",\"Event-Date-Timestamp\":1795624150000001}";
        final FactLog.Fact fact = translate(frame("text/event-json", body)).only();
        assertEquals("u-1", fact.get("nativeId"));
        assertEquals("1795624150000001000", fact.get("sourceTime"));
        assertEquals("😀/\t", translate(frame("text/event-json", body.replace("\"n\":null", "\"Call-Direction\":\"inbound\"")))
            .only().get("name"));
    }

    @Test
    void shouldFindTheNextFrameBehindBytesThatBelongToNothing() {
        for (final String damage : List.of("xyz", "garbage: 17\n", "\u0000\u0001%%%", "{\"a\":\"b\"}", "Content-Length: \n")) {
            assertEquals(List.of("LegSeen"),
                translate(damage + NEXT).templates().stream().filter(name -> !name.equals("Other")).toList(), damage);
            assertEquals(List.of("LegSeen"),
                translate(damage + json(caller("CHANNEL_CREATE"))).templates().stream().filter(name -> !name.equals("Other")).toList(),
                damage);
        }
    }

    @Test
    void shouldTakeTheTimeOfTheEventElseThatOfItsArrival() {
        assertEquals("1795627792845488000",
            facts(caller("CHANNEL_CREATE", "Event-Date-Timestamp", "1795627792845488")).only().get("sourceTime"));
        assertEquals(Long.toString(Esl.ARRIVAL_NS), facts(caller("CHANNEL_CREATE")).only().get("sourceTime"));
        assertEquals(Long.toString(Esl.ARRIVAL_NS),
            facts(caller("CHANNEL_CREATE", "Event-Date-Timestamp", "17956277928454880000")).only().get("sourceTime"));
    }

    @Test
    void shouldRefuseSettingsAndConnectionsOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> Esl.SETTINGS.withMaxFrameLength(1023));
        assertThrows(IllegalArgumentException.class, () -> Esl.SETTINGS.withExtensionDigits(3, 2));
        assertThrows(IllegalArgumentException.class, () -> new EslTranslator(Esl.SETTINGS).connected(-1));
    }
}

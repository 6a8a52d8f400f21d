package io.strowger.ops.connector.talk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.esl.EslActions;
import io.strowger.codecs.esl.EslSettings;
import io.strowger.codecs.esl.EslTranslator;
import io.strowger.codecs.translate.StreamCounters.Counter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class EslTalkTest {
    /** What the translator takes for noise is asked for only where it is of another use. */
    @Test
    void shouldAskForWhatTranslatorKnowsWhenSubscribing() {
        final String events = EslTalk.EVENTS;
        final List<String> noise = new ArrayList<>();
        for (final String name : events.split(" ", -1)) {
            if (!"CUSTOM".equals(name)) {
                final EslTranslator translator = new EslTranslator(EslSettings.of(1, 1));
                translator.connected(0);
                final String body = (name.contains("::") ? "Event-Name: CUSTOM\nEvent-Subclass: " + name : "Event-Name: " + name)
                    + "\nCore-UUID: 1\nUnique-ID: 2\nAction: none\n\n";
                final byte[] frame = ("Content-Length: " + body.length() + "\nContent-Type: text/event-plain\n\n" + body)
                    .getBytes(StandardCharsets.US_ASCII);
                final UnsafeBuffer bytes = new UnsafeBuffer(frame);
                assertEquals(frame.length, translator.onBytes(bytes, 0, frame.length, 1, (buffer, offset, length) -> true));
                final boolean isNamed = translator.counters().get(Counter.UNKNOWN_EVENTS) > 0;
                if (isNamed) {
                    noise.add("unknown " + name);
                } else if (List.of("HEARTBEAT", "API").contains(name)) {
                    assertEquals(1, translator.counters().get(Counter.NOISE), name);
                }
            }
        }
        assertEquals(List.of(), noise);
    }

    /** Nothing may be asked on a connection of commands, so the server must show by itself that it lives. */
    @Test
    void shouldAskForHeartbeatsAndWhatDecidesWhenConnectionIsOfCommands() {
        final Heard heard = new Heard();
        final EslTalk talk = EslTalk.ofCommands(heard, "ClueCon");
        heard.bring(talk, "Content-Type: auth/request\n\nContent-Type: command/reply\nReply-Text: +OK accepted\n\n", 1);
        assertEquals(List.of("auth ClueCon\n\n", EslActions.SUBSCRIPTION.replace("event plain", "event plain HEARTBEAT")), heard.sent);
        assertEquals(List.of(), heard.told);
        heard.bring(talk, "Content-Type: command/reply\nReply-Text: +OK event listener enabled plain\n\n", 1);
        assertEquals(List.of("ready"), heard.told);
        assertFalse(talk.ping());
        assertTrue(talk.longestQuietMs() > 3 * 20_000);
    }

    @Test
    void shouldAskForLegsLastAndSayWhatIsListedWhenServerIsKnown() {
        final Heard heard = new Heard();
        final EslTalk talk = EslTalk.ofEvents(heard, "ClueCon", true);
        heard.bring(talk, "Content-Type: auth/request\n\n", 7);
        heard.bring(talk, "Content-Type: command/reply\nReply-Text: +OK accepted\n\n", 7);
        heard.bring(talk, "Content-Type: command/reply\nReply-Text: +OK event listener enabled json\n\n", 7);
        assertFalse(talk.list(), "not known yet which run it is");
        heard.sent.clear();
        heard.bring(talk, "Content-Type: api/response\nContent-Length: 3\n\nUP\n", 5);
        heard.bring(talk, "Content-Length: 3\nContent-Type: text/event-json\n\n{}\n", 5);
        heard.bring(talk, "Content-Type: command/reply\nReply-Text: +OK events nixed\n\n", 5);
        heard.bring(talk, "Content-Type: api/response\nContent-Length: 16\n\n{\"row_count\": 0}", 5);
        assertEquals(List.of("nixevent API\n\n", "api show calls as json\n\n", "api show channels as json\n\n"), heard.sent);
        assertEquals(List.of("ready", "listing", "asks STATES", "asks LEGS"), heard.told);
        heard.bring(talk, "Content-Type: api/response\nContent-Length: 5\n\n-ERR\n", 3);
        assertEquals("listed show channels: -ERR", heard.told.get(heard.told.size() - 1));
    }
}

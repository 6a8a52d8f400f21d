package io.strowger.ops.connector.talk;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
                assertEquals(frame.length,
                    translator.onBytes(new UnsafeBuffer(frame), 0, frame.length, 1, (buffer, offset, length) -> true));
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
}

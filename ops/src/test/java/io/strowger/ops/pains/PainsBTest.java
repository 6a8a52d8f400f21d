package io.strowger.ops.pains;

import static io.strowger.ops.pains.Blocks.created;
import static io.strowger.ops.pains.Blocks.hangup;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.esl.EslSettings;
import io.strowger.codecs.esl.EslTranslator;
import io.strowger.codecs.json.SignalJson;
import io.strowger.codecs.translate.StreamCounters;
import io.strowger.ops.Run;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Character sets and odd values. */
class PainsBTest {
    private static final String SERVER = "Core-UUID: 11111111-2222-3333-4444-555555555555\nEvent-Date-Timestamp: 1795624150682276\n";
    private static final byte[] CODE_PAGE_NAME =
        {(byte)0xC2, (byte)0xE8, (byte)0xF2, (byte)0xE0, (byte)0xEB, (byte)0xE8, (byte)0xE9};

    @TempDir
    private Path folder;

    /** pains.md B1. A name in an old code page is an event like any other, and the same bytes give the same records. */
    @Test
    void shouldTellCallWhenNameIsNoUtf8() {
        final String called = created("102", "1.2", "1.1") + Blocks.state("102", "1.2", "1.1", 5);
        final String[] parts = (created("101", "1.1", "1.1")
            + called.replace("LineNum: <unknown>", "LineNum: 101").replace("LineName: <unknown>", "LineName: User 101")
            + hangup("102", "1.2", "1.1") + hangup("101", "1.1", "1.1")).replace("\n", "\r\n").split("User 101", -1);
        final ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < parts.length; i++) {
            stream.writeBytes(parts[i].getBytes(StandardCharsets.US_ASCII));
            if (i + 1 < parts.length) {
                stream.writeBytes(CODE_PAGE_NAME);
            }
        }
        final Fed fed = Fed.of(folder, "ami", stream.toByteArray());
        assertEquals(List.of("call.initiated", "call.delivered", "call.cleared", "call.cleared"), fed.types());
        assertEquals(parts.length - 1, fed.countInSignals(CODE_PAGE_NAME), "the bytes as they came, in each fact that names the caller");
        assertEquals(List.of(new String(CODE_PAGE_NAME, StandardCharsets.UTF_8)), fed.all("call.delivered", "remoteName"));
        assertTrue(fed.all("call.delivered", "remoteName").get(0).matches("\uFFFD+"), "no byte of it is a character of UTF-8");
        assertEquals(fed.end(), Run.of("replay", fed.journal()).lastLine());
    }

    /** pains.md B3. UTF-8 goes through as it is. */
    @Test
    void shouldKeepCyrillicName() {
        assertEquals("Толя", nameOfCaller("Толя"));
    }

    /**
     * pains.md B7. What the server has escaped is unescaped once. The raw form is kept in it: what the server writes is the kept text with
     * its C escapes, and an escape that it never writes is left as it came.
     */
    @ParameterizedTest
    @ValueSource(strings = {"O\\\"Neil \\\\ Co", "two\\nlines\\tand \\\\n none", "it\\'s \\?", "plain"})
    void shouldUnescapeNameOnceAndKeepTheRawFormInIt(final String raw) {
        final String name = nameOfCaller(raw);
        assertEquals(raw, escaped(name));
        assertEquals(raw.contains("\\"), !raw.equals(name));
    }

    /** pains.md B7. An escape that the server never writes is none. */
    @ParameterizedTest
    @ValueSource(strings = {"no\\qescape", "at the end\\"})
    void shouldLeaveWhatIsNoEscapeAsItCame(final String raw) {
        assertEquals(raw, nameOfCaller(raw));
    }

    /** As Asterisk's ast_escape_c does. */
    private static String escaped(final String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\"", "\\\"").replace("'", "\\'")
            .replace("?", "\\?");
    }

    /** pains.md B5. Headers are decoded once, a body is not touched, and what stands behind it is found. */
    @Test
    void shouldFindNextFrameWhenBodyIsMultiByte() {
        final String message = "Event-Name: MESSAGE\n" + SERVER + "from: 101%40h\nto: 102%40h\nfrom_user: 101\nto_user: 102\n"
            + "type: text/plain\nContent-Length: 6\n\n你好";
        final String called = "Caller-Caller-ID-Name: %D0%A2%2541\n";
        final Fed fed = Fed.of(folder, "esl", frames(message, legTo102("CHANNEL_CREATE", called), legTo102("CHANNEL_PROGRESS", called)));
        assertEquals(List.of("Т%41"), fed.all("call.initiated", "remoteName"), fed.tail("--raw")::toString);
        assertEquals(2, fed.countInSignals("Т%41".getBytes(StandardCharsets.UTF_8)));
        assertEquals(List.of("你好"), fed.all("message.sent", "text"), fed.tail()::toString);
        assertEquals(List.of("你好"), fed.all("message.received", "text"), fed.tail()::toString);
        assertEquals(2, fed.countInSignals("\6\0你好".getBytes(StandardCharsets.UTF_8)), "a text of these 6 bytes, of each side");
    }

    /** pains.md B6. An event of 70,000 bytes comes whole: what stands behind its 65,535th byte counts. */
    @Test
    void shouldReadEventWhenItIsLong() {
        final Fed fed = Fed.of(folder, "esl", longEvent());
        assertEquals(List.of("call.initiated", "call.cleared"), fed.types());
        assertEquals(List.of("a-leg 101"), fed.all("call.initiated", "nativeId", "localUser"));
        assertEquals("", fed.complaints());
    }

    /** The same where the source's frames are said to end at 65,535 bytes: it is refused by name, and the next frame is read. */
    @Test
    void shouldRefuseLongEventByNameWhenItIsLongerThanConfigured() {
        final EslTranslator translator = new EslTranslator(EslSettings.of(1, 1).withMaxFrameLength(65_535));
        final List<String> facts = new ArrayList<>();
        final SignalJson json = new SignalJson();
        final byte[] stream = longEvent();
        translator.connected(0);
        translator.onBytes(new UnsafeBuffer(stream), 0, stream.length, 1, (buffer, offset, length) -> {
            facts.add(json.write(buffer, offset, length));
            return true;
        });
        assertEquals(1, translator.counters().get(StreamCounters.Counter.TOO_LARGE));
        assertTrue(facts.get(0).contains("signal.other") && facts.get(0).contains("frame-too-large"), facts::toString);
        assertTrue(facts.get(facts.size() - 1).contains("signal.hangup"), facts::toString);
    }

    private static byte[] longEvent() {
        final StringBuilder variables = new StringBuilder();
        for (int i = 0; i < 700; i++) {
            variables.append("variable_v").append(i).append(": ").append("x".repeat(100)).append('\n');
        }
        final String id = "Unique-ID: ";
        return frames(leg("CHANNEL_CREATE", "").replace(id, variables + id), leg("CHANNEL_HANGUP", "Hangup-Cause: NORMAL_CLEARING\n"));
    }

    private String nameOfCaller(final String name) {
        final Fed fed = Fed.ami(folder, created("101", "1.1", "1.1").replace("User 101", name),
            created("102", "1.2", "1.1").replace("ConnectedLineNum: <unknown>", "ConnectedLineNum: 101")
                .replace("ConnectedLineName: <unknown>", "ConnectedLineName: " + name), Blocks.state("102", "1.2", "1.1", 5)
                .replace("ConnectedLineNum: <unknown>", "ConnectedLineNum: 101")
                .replace("ConnectedLineName: <unknown>", "ConnectedLineName: " + name));
        return fed.all("call.delivered", "remoteName").get(0);
    }

    private static String leg(final String event, final String more) {
        return "Event-Name: " + event + '\n' + SERVER + "Unique-ID: a-leg\nChannel-Call-UUID: a-leg\nChannel-Name: sofia/internal/101@h\n"
            + "Channel-Presence-ID: 101%40h\nCall-Direction: inbound\nCaller-Caller-ID-Number: 101\nCaller-Destination-Number: 102\n"
            + "Channel-State: CS_INIT\nAnswer-State: ringing\n" + more + '\n';
    }

    private static String legTo102(final String event, final String more) {
        return leg(event, more).replace("a-leg", "b-leg").replace("Channel-Presence-ID: 101", "Channel-Presence-ID: 102")
            .replace("internal/101", "internal/102").replace("inbound", "outbound");
    }

    private static byte[] frames(final String... events) {
        final StringBuilder stream = new StringBuilder("Content-Type: auth/request\n\n");
        for (final String event : events) {
            stream.append("Content-Length: ").append(event.getBytes(StandardCharsets.UTF_8).length)
                .append("\nContent-Type: text/event-plain\n\n").append(event);
        }
        return stream.toString().getBytes(StandardCharsets.UTF_8);
    }
}

package io.strowger.codecs.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.Cause;
import io.strowger.codecs.sbe.ConnectionState;
import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.EventEncoder;
import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.LegSeenDecoder;
import io.strowger.codecs.sbe.LegSeenEncoder;
import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.SourceHelloDecoder;
import io.strowger.codecs.sbe.TickDecoder;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SignalJsonTest {
    private static final long TIME = 1_795_624_196_513_000_000L;

    private final SignalJson json = new SignalJson();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SignalJson.MAX_EVENT_LENGTH]);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    @Test
    void shouldWriteASignalInCloudEventsForm() {
        final LegSeenEncoder leg = new LegSeenEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        leg.sourceSequence(7).sourceTime(TIME).source(3).tenant(1)
            .legState(LegState.RINGING).legKind(LegKind.NULL_VAL).direction(Direction.NULL_VAL);
        leg.nativeId("1.2").callId("1.1").device("").user("102").number("").name("A\"n\u00e4").remoteParty("").remoteName("").dialled("")
            .linkedTo("");
        assertEquals("{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"/3\",\"type\":\"signal.leg-seen\",\"subject\":\"102\","
            + "\"time\":\"2026-11-25T16:29:56.513Z\",\"data\":{\"sourceSequence\":7,\"sourceTime\":\"2026-11-25T16:29:56.513Z\","
            + "\"source\":3,\"tenant\":1,\"legState\":\"ringing\",\"legKind\":null,\"direction\":null,"
            + "\"nativeId\":\"1.2\",\"callId\":\"1.1\","
            + "\"device\":\"\",\"user\":\"102\",\"number\":\"\",\"name\":\"A\\\"n\u00e4\",\"remoteParty\":\"\",\"remoteName\":\"\","
            + "\"dialled\":\"\",\"linkedTo\":\"\"}}", json.write(buffer, 0, 8 + leg.encodedLength()));
        assertThrows(IllegalArgumentException.class, () -> json.write(buffer, 0, 7 + leg.encodedLength()));
    }

    @Test
    void shouldWriteMalformedUtf8AsReplacementCharacter() {
        final LegSeenEncoder leg = new LegSeenEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        leg.sourceSequence(7).sourceTime(TIME).source(3).tenant(1).legState(LegState.UP).legKind(LegKind.DEVICE)
            .direction(Direction.OUTGOING);
        leg.putNativeId(new byte[] {'a', (byte)0xFF, (byte)0xC3}, 0, 3).callId("").device("").user("").number("").name("").remoteParty("")
            .remoteName("").dialled("").linkedTo("");
        final String text = json.write(buffer, 0, 8 + leg.encodedLength());
        assertTrue(text.contains("\"nativeId\":\"a\ufffd\ufffd\""), text);
        assertTrue(text.contains("\"subject\":\"a\ufffd\ufffd\""), text);
    }

    @Test
    void shouldWriteAnEventWithItsTypeAndUnknownCodesAsNumbers() throws JsonSignalException {
        final EventEncoder event = new EventEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        event.eventType(EventType.SCREEN_SHARING_STARTED).state(ConnectionState.NULL_STATE).cause(Cause.NO_ANSWER).flags().clear()
            .noPeer(true);
        event.nativeId("").callId("").localUser("").remoteParty("").remoteName("").group("sales").sourceName("pbx-1").by("").from("").to("")
            .reference("").text("");
        buffer.putByte(8 + EventDecoder.reasonEncodingOffset(), (byte)200);
        buffer.putByte(8 + EventDecoder.flagsEncodingOffset(), (byte)(2 | 64));
        final String text = json.write(buffer, 0, 8 + event.encodedLength());
        assertTrue(text.contains("\"source\":\"/pbx-1\",\"type\":\"screen-sharing.started\",\"subject\":\"sales\""), text);
        assertTrue(text.contains("\"eventType\":\"screen-sharing.started\""), text);
        assertTrue(text.contains("\"state\":\"null\",\"cause\":\"no-answer\",\"reason\":200,\"flags\":[\"no-peer\",6]"), text);
        final UnsafeBuffer back = new UnsafeBuffer(new byte[SignalJson.MAX_EVENT_LENGTH]);
        assertEquals(8 + event.encodedLength(), json.read(text, back, 0));
        final EventDecoder read = new EventDecoder().wrapAndApplyHeader(back, 0, header);
        assertEquals(200, read.reasonRaw());
        assertEquals(66, read.flags().getRaw());
    }

    @Test
    void shouldTakeTheTypeOfAnEventFromTheEnvelope() throws JsonSignalException {
        json.read("{\"specversion\":\"1.0\",\"type\":\"call.held\",\"data\":{}}", buffer, 0);
        assertEquals(EventType.CALL_HELD, new EventDecoder().wrapAndApplyHeader(buffer, 0, header).eventType());
        json.read("{\"specversion\":\"1.0\",\"type\":\"signal.event\",\"data\":{\"eventType\":150}}", buffer, 0);
        assertEquals(150, new EventDecoder().wrapAndApplyHeader(buffer, 0, header).eventTypeRaw());
    }

    @Test
    void shouldLeaveWhatIsMissingNullEmptyOrZero() throws JsonSignalException {
        json.read("{\"specversion\":\"1.0\",\"type\":\"signal.leg-seen\",\"data\":{\"nativeId\":\"x\",\"callId\":null}}", buffer, 0);
        final LegSeenDecoder leg = new LegSeenDecoder().wrapAndApplyHeader(buffer, 0, header);
        assertEquals(0, leg.sourceSequence());
        assertEquals(LegState.NULL_VAL, leg.legState());
        assertEquals("x", leg.nativeId());
        assertEquals("", leg.callId());
        final int length = json.read("{\"specversion\":\"1.0\",\"type\":\"signal.tick\"}", buffer, 0);
        assertEquals(8 + TickDecoder.BLOCK_LENGTH, length);
    }

    @Test
    void shouldFillInFromTheEnvelopeInAnyOrder() throws JsonSignalException {
        final byte[] text = text("  {'data':{'tenant':5},'time':'2026-11-25T17:29:56.513+01:00','id':'12','source':'/9','subject':null,"
            + "'datacontenttype':'application/json','type':'signal.tick','specversion':'1.0'} ~").getBytes(StandardCharsets.UTF_8);
        json.read(text, 2, text.length - 2, buffer, 0);
        final TickDecoder tick = new TickDecoder().wrapAndApplyHeader(buffer, 0, header);
        assertEquals(12, tick.sourceSequence());
        assertEquals(TIME, tick.sourceTime());
        assertEquals(9, tick.source());
        assertEquals(5, tick.tenant());
    }

    @Test
    void shouldReadSetsAndNamesOfActions() throws JsonSignalException {
        json.read("{\"specversion\":\"1.0\",\"type\":\"signal.source-hello\",\"source\":\"/pbx-1\",\"id\":\"f81d4fae\","
            + "\"data\":{\"capabilities\":[\"hang-up\",\"send-sms\",31],\"epochKnown\":\"yes\"}}", buffer, 0);
        final SourceHelloDecoder hello = new SourceHelloDecoder().wrapAndApplyHeader(buffer, 0, header);
        assertEquals(4L | (1L << 13) | (1L << 31), hello.capabilities().getRaw());
        assertEquals(0, hello.source(), "a name is no number");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "`` | 1 | 1 | one object is wanted",
        "[] | 1 | 1 | one object is wanted",
        "{TICK | 1 | | Unexpected end-of-input",
        "{TICK} {} | 1 | 44 | there is more behind the object",
        "{TICK,} | 1 | | Unexpected character",
        "{'specversion':'1.0'} | 1 | 21 | type: is missing",
        "{'specversion':'1.0','data':{}} | 1 | | type: is missing",
        "{'type':'signal.tick'} | 1 | 22 | specversion: is missing",
        "{'specversion':'0.3'} | 1 | 16 | specversion: only 1.0 is known",
        "{'specversion':1} | 1 | 16 | specversion: a string is wanted",
        "{'specversion':'1.0','type':'signal.tock'} | 1 | 29 | type: no such type",
        "{TICK,'extra':1} | 1 | | extra: no such member of a signal",
        "{TICK,'extra':null} | 1 | | extra: no such member of a signal",
        "{TICK,'type':'signal.tick'} | 1 | | type: given twice",
        "{TICK,'time':'yesterday'} | 1 | | time: no RFC 3339 instant",
        "{TICK,'time':'2263-01-01T00:00:00Z'} | 1 | | time: no RFC 3339 instant of the years",
        "{TICK,'datacontenttype':'text/xml'} | 1 | | datacontenttype: only application/json is known",
        "{TICK,'source':'/99999999999'} | 1 | | source: no number of a source",
        "{TICK,'data':[]} | 1 | 50 | data: an object is wanted",
        "{TICK,~'data':{'nope':1}} | 2 | 9 | data.nope: signal.tick has no such field",
        "{TICK,~'data':{'source':1,~'source':1}} | 3 | 1 | data.source: given twice",
        "{TICK,'data':{'source':1.5}} | 1 | 60 | data.source: an integer is wanted",
        "{TICK,'data':{'source':'1'}} | 1 | 60 | data.source: an integer is wanted",
        "{TICK,'data':{'source':null}} | 1 | 60 | data.source: cannot be null",
        "{TICK,'data':{'source':2147483648}} | 1 | 60 | data.source: not from -2147483648 to 2147483647",
        "{TICK,'data':{'sourceSequence':9223372036854775808}} | 1 | | data.sourceSequence: not from",
        "{TICK,'data':{'sourceSequence':1},'id':'2'} | 1 | | id: contradicts data.sourceSequence",
        "{TICK,'data':{'sourceTime':5}} | 1 | | data.sourceTime: an RFC 3339 instant is wanted",
        "{LEG,'data':{'legState':'flying'}} | 1 | | data.legState: no such leg-state",
        "{LEG,'data':{'legState':256}} | 1 | | data.legState: not from 0 to 255",
        "{LEG,'data':{'legState':255}} | 1 | | data.legState: this number stands for null",
        "{LEG,'data':{'legState':true}} | 1 | | data.legState: an integer is wanted",
        "{LEG,'data':{'nativeId':5}} | 1 | | data.nativeId: a string is wanted",
        "{LEG,'data':{'nativeId':{}}} | 1 | | data.nativeId: a string is wanted",
        "{LEG,'data':{'nativeId':'\\ud800'}} | 1 | | data.nativeId: half a surrogate pair",
        "{HELLO,'data':{'capabilities':'hang-up'}} | 1 | | data.capabilities: an array of names is wanted",
        "{HELLO,'data':{'capabilities':['fly']}} | 1 | | data.capabilities: no such capabilities",
        "{HELLO,'data':{'capabilities':[32]}} | 1 | | data.capabilities: not from 0 to 31",
        "{'specversion':'1.0','type':'call.held','data':{'eventType':'call.cleared'}} | 1 | | type: contradicts data.eventType",
    })
    void shouldNamePlaceAndReasonOfWhatIsWrong(final String shorthand, final int line, final Integer column, final String reason) {
        final JsonSignalException e = assertRefused(text(shorthand));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
        assertEquals(line, e.line(), e.getMessage());
        if (null != column) {
            assertEquals(column, e.column(), e.getMessage());
        }
    }

    @Test
    void shouldRefuseTextsThatAreTooLong() throws JsonSignalException {
        assertEquals("data.nativeId", assertRefused(text("{LEG,'data':{'nativeId':'" + "n".repeat(161) + "'}}")).path());
        assertEquals("data.callId", assertRefused(text("{LEG,'data':{'callId':'" + "\u00e4".repeat(513) + "'}}")).path());
        final String longText = "c".repeat(1024);
        assertEquals("data", assertRefused(text("{LEG,'data':{'callId':'" + longText + "','user':'" + longText + "'}}")).path());
        assertEquals("", assertRefused(text("{LEG,'data':{'callId':'" + "c".repeat(100_000) + "'}}")).path());
        assertEquals("", assertRefused("{\"data\":" + "[".repeat(50) + "]".repeat(50) + "}").path());
        final String longest = text("{LEG,'data':{'nativeId':'" + "n".repeat(160) + "','callId':'" + longText + "'}}");
        assertEquals(8 + LegSeenDecoder.BLOCK_LENGTH + 10 * 2 + 160 + 1024, json.read(longest, buffer, 0));
    }

    private JsonSignalException assertRefused(final String text) {
        buffer.setMemory(0, buffer.capacity(), (byte)7);
        final JsonSignalException e = assertThrows(JsonSignalException.class, () -> json.read(text, buffer, 0), text);
        for (int i = 0; i < buffer.capacity(); i++) {
            assertEquals(7, buffer.getByte(i), "the target is as it was");
        }
        return e;
    }

    private static String text(final String shorthand) {
        final String envelope = "'specversion':'1.0','type':'signal.";
        return shorthand.replace("TICK", envelope + "tick'").replace("LEG", envelope + "leg-seen'")
            .replace("HELLO", envelope + "source-hello'").replace('~', '\n').replace('\'', '"');
    }
}

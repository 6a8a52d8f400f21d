package io.strowger.codecs.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SourceSequence;
import io.strowger.codecs.translate.FactLog;
import io.strowger.codecs.translate.StreamCounters.Counter;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Where blocks begin and end: rows A and B6 of the known faults.
 */
final class AmiFramingTest {
    private static final String HANGUP = "Event: Hangup\r\nUniqueid: 1.1\r\nCause: 16\r\n\r\n";
    private static final String UP = "Event: Newstate\r\nChannelState: 6\r\nUniqueid: 1.2\r\n\r\n";

    private final AmiTranslator translator = new AmiTranslator(Ami.SETTINGS);
    private final FactLog log = new FactLog();

    /** A1. */
    @Test
    void shouldEndABlockAtALoneLineFeedBehindALineEnd() {
        feed("Response: Success\r\nActionID: 1\r\nEventList: start\r\n\n" + UP);
        assertEquals(List.of("LegState"), log.templates());
        assertEquals(1, counted(Counter.RESPONSES));
        assertEquals(0, counted(Counter.MALFORMED));
    }

    /** A2. */
    @Test
    void shouldKeepABareLineFeedInTheValue() {
        feed("Event: Foo\r\nA: 1\nUniqueid: 9.9\r\n\r\nEvent: Hangup\r\nUniqueid: 1.1\nCause: 5\r\n\r\n");
        assertEquals("1.1\nCause: 5", log.of("Hangup").get(0).get("nativeId"));
        assertEquals("-32768", log.of("Hangup").get(0).get("causeCode"));
    }

    /** A2, for a server that is known to be so old. */
    @Test
    void shouldEndALineAtABareLineFeedWhenTheSettingsSaySo() {
        final AmiTranslator old = new AmiTranslator(Ami.SETTINGS.withBareLineFeedEndsLine());
        Ami.feed(old, Ami.raw("Event: Hangup\nUniqueid: 1.1\r\nCause: 5\n\nEvent: Hangup\r\nUniqueid: 1.2\r\nCause: 6\r\n\r\n"), log);
        assertEquals(List.of("Hangup 1.1 5", "Hangup 1.2 6"), shown("nativeId", "causeCode"));
    }

    /** Scenario 28: a value with a forged event in it. */
    @Test
    void shouldNotTakeALineInsideAValueForAnEvent() {
        feed("Event: UserEvent\r\nUserEvent: Multiline\r\nText: line one\nEvent: Hangup\nUniqueid: 1.1\n\nEvent: Hangup\n\r\n\r\n" + UP);
        assertEquals(List.of("Other", "LegState"), log.templates());
        assertEquals("UserEvent", log.facts().get(0).get("name"));
    }

    /** A3. */
    @Test
    void shouldTakeSeveralEmptyLinesForNoError() {
        feed(HANGUP + "\r\n" + "\n" + "\r\n\r\n" + UP + "\r\n");
        assertEquals(List.of("Hangup", "LegState"), log.templates());
        assertEquals(2, counted(Counter.BLOCKS));
        assertEquals(0, counted(Counter.MALFORMED));
    }

    /** A4. */
    @Test
    void shouldEndAPlainResponseWhereAnEventBegins() {
        feed("Response: Success\r\nMessage: Events Off\r\n" + UP
            + "ActionID: 4\r\nResponse: Success\r\nEvents: On\r\nResponse: Goodbye\r\n\r\n");
        assertEquals(List.of("LegState"), log.templates());
        assertEquals(3, counted(Counter.RESPONSES));
        assertEquals(2, counted(Counter.MALFORMED), "responses without an end are said");
    }

    /** A4, the other side: where it is not certain nothing is split. */
    @Test
    void shouldNotSplitAnEventOrAResponseThatCarriesValues() {
        feed("Event: UserEvent\r\nUserEvent: X\r\nEvent: Hangup\r\nUniqueid: 1.1\r\n\r\n");
        feed("Response: Success\r\nVariable: X\r\nValue: y\r\nEvent: Hangup\r\nUniqueid: 1.1\r\n\r\n");
        feed("Event: OriginateResponse\r\nActionID: 2\r\nResponse: Failure\r\nUniqueid: <unknown>\r\n\r\n");
        assertEquals(List.of("Other"), log.templates());
        assertEquals(1, counted(Counter.RESPONSES));
        assertEquals(1, counted(Counter.NOISE));
    }

    /** A6, both forms. */
    @Test
    void shouldPassOverTheTextOfACommand() {
        feed("Response: Follows\r\nPrivilege: Command\r\nActionID: 7\r\nname/name   192.0.2.1  D  5062  OK (81 ms)\n\r\n\r\n"
            + "Event: Hangup\r\nUniqueid: 6.6\r\n\r\n2 sip peers\n--END COMMAND--\r\n\r\n" + UP);
        feed("Response: Success\r\nOutput: Event: Hangup\r\nOutput: b\r\n\r\n" + HANGUP);
        assertEquals(List.of("LegState", "Hangup"), log.templates());
        assertEquals(2, counted(Counter.RESPONSES));
    }

    /** A13. */
    @Test
    void shouldKnowAResponseThatBeginsWithItsActionId() {
        feed("ActionID: 1\r\nResponse: Success\r\n\r\n" + UP);
        assertEquals(1, counted(Counter.RESPONSES));
        assertEquals(List.of("LegState"), log.templates());
    }

    /** A15. */
    @Test
    void shouldKeepAnUnknownEventWithItsNameAndFirstBytes() {
        final String block = "Event: HangupHandlerPush\r\nHandler: " + "x".repeat(300) + "\r\n\r\n";
        feed(block + "Event: Foo\r\n\r\n");
        assertEquals("HangupHandlerPush", log.facts().get(0).get("name"));
        assertEquals(block.substring(0, 256), log.facts().get(0).get("text"));
        assertEquals("Foo", log.facts().get(1).get("name"));
        assertEquals(2, counted(Counter.UNKNOWN_EVENTS));
    }

    /** A16. */
    @Test
    void shouldCountATextReplyBetweenMessages() {
        feed(HANGUP + "No queues have been created.\r\n\r\n" + UP);
        assertEquals(List.of("Hangup", "LegState"), log.templates());
        assertEquals(1, counted(Counter.TEXT_REPLIES));
    }

    /** B6. */
    @Test
    void shouldReportABlockThatIsTooLargeOnceAndGoOn() {
        final AmiTranslator small = new AmiTranslator(Ami.SETTINGS.withMaxBlockLength(1000));
        final String fits = "Event: Foo\r\nA: " + "x".repeat(1000 - 19) + "\r\n\r\n";
        final String tooLong = "Event: Foo\r\nA: " + "y".repeat(1000 - 18) + "\r\n\r\n";
        Ami.feed(small, Ami.raw(fits + tooLong + HANGUP), log);
        assertEquals(List.of("Other", "Other", "Hangup"), log.templates());
        assertEquals("Foo", log.facts().get(0).get("name"));
        assertEquals("block-too-large", log.facts().get(1).get("name"));
        assertEquals(tooLong.substring(0, 256), log.facts().get(1).get("text"));
        assertEquals(1, small.counters().get(Counter.TOO_LARGE));
        assertEquals(2001, SourceSequence.blockEnd(Long.parseLong(log.facts().get(1).get("sourceSequence"))));
    }

    /** B6, with the default limit. */
    @Test
    void shouldDeliverALargeBlockWhole() {
        final StringBuilder block = new StringBuilder("Event: Hangup\r\n");
        for (int i = 0; i < 900; i++) {
            block.append("variable_").append(i).append(": ").append("z".repeat(70)).append("\r\n");
        }
        feed(block + "Uniqueid: 1.1\r\n\r\n" + UP);
        assertEquals(List.of("Hangup", "LegState"), log.templates());
    }

    @Test
    void shouldRefuseABlockWithTooManyFields() {
        feed("Event: Hangup\r\nUniqueid: 1.1\r\n" + "A: 1\r\n".repeat(AmiBlock.MAX_FIELDS - 1) + "\r\n" + UP);
        assertEquals(List.of("Other", "LegState"), log.templates());
        assertEquals(1, counted(Counter.TOO_LARGE));
    }

    @Test
    void shouldSayWhetherTheStreamBeganWithTheBanner() {
        feed("Asterisk Call Manager/9.0.0\r\nResponse: Success\r\nActionID: a1\r\nMessage: Authentication accepted\r\n\r\n");
        assertTrue(translator.beganWithBanner());
        assertEquals(1, counted(Counter.BANNERS));
        assertEquals(1, counted(Counter.RESPONSES));
        translator.connected(1);
        feed("te: 6\r\nUniqueid: 1.1\r\n\r\n" + HANGUP + "Asterisk Call Manager/9.0.0\r\n");
        assertFalse(translator.beganWithBanner());
        assertEquals(1, counted(Counter.MALFORMED));
        assertEquals(List.of("Hangup"), log.templates());
    }

    @Test
    void shouldCountAHalfBlockAtTheEndAndNeverTranslateIt() {
        feed(HANGUP + UP.substring(0, UP.length() - 1));
        assertEquals(HANGUP.length(), translator.position());
        translator.disconnected();
        assertEquals(1, counted(Counter.UNFINISHED));
        translator.connected(1);
        feed("\n" + HANGUP);
        assertEquals(List.of("Hangup", "Hangup"), log.templates());
    }

    @Test
    void shouldNumberFactsByConnectionBlockEndAndOrdinal() {
        feed(HANGUP);
        translator.connected(5);
        feed("\r\n" + HANGUP);
        assertEquals(SourceSequence.of(0, HANGUP.length(), 0), Long.parseLong(log.facts().get(0).get("sourceSequence")));
        assertEquals(SourceSequence.of(5, HANGUP.length() + 2, 0), Long.parseLong(log.facts().get(1).get("sourceSequence")));
        assertThrows(IllegalArgumentException.class, () -> translator.connected(SourceSequence.MAX_CONNECTION + 1));
    }

    @Test
    void shouldRefuseToEndWhileFactsAreNotTaken() {
        final UnsafeBuffer bytes = new UnsafeBuffer(Ami.raw(HANGUP));
        final int taken = translator.onBytes(bytes, 0, bytes.capacity(), 0, (buffer, offset, length) -> false);
        assertEquals(bytes.capacity() - 1, taken);
        assertThrows(IllegalStateException.class, translator::disconnected);
        assertEquals(1, translator.onBytes(bytes, taken, 1, 0, log));
        translator.disconnected();
        assertEquals(List.of("Hangup"), log.templates());
    }

    private void feed(final String text) {
        Ami.feed(translator, Ami.raw(text), log);
    }

    private long counted(final Counter counter) {
        return translator.counters().get(counter);
    }

    private List<String> shown(final String... fields) {
        return log.facts().stream().map(fact -> fact.show(fields)).toList();
    }
}

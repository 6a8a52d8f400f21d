package io.strowger.codecs.actionurl;

import static io.strowger.codecs.actionurl.ActionUrl.generic;
import static io.strowger.codecs.actionurl.ActionUrl.get;
import static io.strowger.codecs.actionurl.ActionUrl.polycom;
import static io.strowger.codecs.actionurl.ActionUrl.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SourceSequence;
import io.strowger.codecs.translate.FactLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Calls of phones that give them no id.
 */
final class LinesTest {
    private static final String IN = get("/p?event=incoming&remote=102");
    private static final String UP = get("/p?event=established&remote=102");
    private static final String END = get("/p?event=terminated&remote=102");
    private static final String BARE_UP = get("/p?event=established");
    private static final String BARE_END = get("/p?event=terminated");

    @Test
    void shouldGiveTwoCallsInARowTwoIds() {
        final List<String> ids = ids(generic(IN, UP, END, IN, UP, END));
        assertEquals(List.of(ids.get(0), ids.get(0), ids.get(0)), ids.subList(0, 3));
        assertEquals(List.of(ids.get(3), ids.get(3), ids.get(3)), ids.subList(3, 6));
        assertNotEquals(ids.get(0), ids.get(3));
        assertEquals(String.format("desk:%016x", SourceSequence.of(0, IN.length(), 0)), ids.get(0));
    }

    @Test
    void shouldGiveTheNextCallItsOwnIdWhenAnEndWasLost() {
        final List<String> ids = ids(generic(IN, UP, IN, UP, END));
        assertNotEquals(ids.get(0), ids.get(2));
        assertEquals(ids.get(2), ids.get(4));
    }

    @Test
    void shouldGiveTheNextCallItsOwnIdWhenTheEndOfOneThatRangWasLost() {
        final ActionUrlTranslator translator = new ActionUrlTranslator(settings(ActionUrlTemplate.GRANDSTREAM_PHONE));
        final FactLog log = new FactLog();
        final long minuteNs = 60_000_000_000L;
        final String missed = get("/p?event=missed-call&remote=102");
        final List<String> requests = List.of(IN, IN, IN, missed, missed);
        final long[] minutes = {0, 1, 6, 7, 8};
        for (int i = 0; i < minutes.length; i++) {
            final byte[] bytes = requests.get(i).getBytes(StandardCharsets.UTF_8);
            translator.connected(i);
            translator.onBytes(new UnsafeBuffer(bytes), 0, bytes.length, ActionUrl.ARRIVAL_NS + minutes[i] * minuteNs, log);
            translator.disconnected();
        }
        final List<String> ids = ids(log);
        assertEquals(ids.get(0), ids.get(1));
        assertNotEquals(ids.get(1), ids.get(2));
        assertEquals(List.of(ids.get(2), ids.get(0)), ids.subList(3, 5));
    }

    @Test
    void shouldTakeADoubledRequestForOneCall() {
        assertEquals(1, new HashSet<>(ids(generic(IN, IN, UP, UP, END, END))).size());
    }

    @Test
    void shouldFollowTheYoungestCallWhenTheOtherSideIsNotTold() {
        final String other = get("/p?event=incoming&remote=103");
        final List<String> ids = ids(generic(IN, BARE_UP, other, BARE_END, BARE_END, BARE_END));
        assertEquals(ids.get(0), ids.get(1));
        assertEquals(ids.get(2), ids.get(3), "the second call rang last and is refused first");
        assertEquals(ids.get(0), ids.get(4));
        assertEquals(ids.get(2), ids.get(5), "nothing is open any more: the end of the last one again");
    }

    @Test
    void shouldTellTwoCallsApartByTheirOtherSide() {
        final List<String> ids = ids(generic(IN, UP, get("/p?event=outgoing&remote=103"), END, get("/p?event=terminated&remote=103")));
        assertEquals(ids.get(0), ids.get(3));
        assertEquals(ids.get(2), ids.get(4));
    }

    @Test
    void shouldJoinAnIdThatIsToldLater() {
        final List<String> ids = ids(generic(IN, get("/p?event=established&remote=102&call_id=9"), get("/p?event=terminated&call_id=9"),
            get("/p?event=incoming&remote=102&call_id=10")));
        assertEquals(ids.get(0), ids.get(1));
        assertEquals(ids.get(0), ids.get(2));
        assertEquals("10", ids.get(3));
    }

    @Test
    void shouldTakeAnIdThatIsUsedAgainForAnotherCall() {
        final String in = get("/p?event=incoming&remote=102&call_id=1");
        final String end = get("/p?event=terminated&call_id=1");
        final List<String> ids = ids(generic(in, end, end, in, end));
        assertEquals(List.of("1", "1", "1"), ids.subList(0, 3));
        assertNotEquals("1", ids.get(3));
        assertEquals(ids.get(3), ids.get(4));
    }

    @Test
    void shouldTellCallsApartWhenAnIdIsUsedAgainLongAfterwards() {
        final List<String> requests = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            for (int i = 1; i <= 40; i++) {
                requests.add(in(i));
                requests.add(get("/p?event=established&call_id=" + i));
                requests.add(end(i));
            }
        }
        final List<String> ids = ids(generic(requests.toArray(new String[0])));
        for (int i = 0; i < ids.size(); i += 3) {
            assertEquals(1, new HashSet<>(ids.subList(i, i + 3)).size());
        }
        assertEquals(120, new HashSet<>(ids).size());
        assertTrue(ids.get(120).matches("1:[0-9a-f]{16}"), ids.get(120));
    }

    @Test
    void shouldBeginACallBehindAStrayEndWithItsId() {
        final List<String> ids = ids(generic(end(1), in(1), end(1)));
        assertEquals("1", ids.get(0));
        assertNotEquals("1", ids.get(1));
        assertEquals(ids.get(1), ids.get(2));
    }

    @Test
    void shouldBeginAnotherCallWhenAnEndWasLostAndTheIdBeginsWithAnotherSide() {
        final String up = get("/p?event=established&call_id=1");
        final List<String> ids = ids(generic(in(1), up, get("/p?event=incoming&remote=103&call_id=1"), up, in(2), end(1)));
        assertEquals(ids.get(0), ids.get(1));
        assertNotEquals(ids.get(1), ids.get(2));
        assertEquals(ids.get(2), ids.get(3));
        assertEquals(ids.get(2), ids.get(5));
        assertEquals(1, new HashSet<>(ids(generic(up, in(1), in(1)))).size(), "requests that have overtaken each other");
    }

    @Test
    void shouldGiveEachCallAnIdOfItsOwnWhenWhatWasBeforeIsNotKnown() {
        final ActionUrlTranslator translator = new ActionUrlTranslator(settings(ActionUrlTemplate.GENERIC_PHONE));
        translator.connected(7);
        translator.disconnected();
        final String longId = "x".repeat(150);
        final List<String> ids = ids(ActionUrl.translate(translator, in(1), end(1), in(1), get("/p?event=incoming&call_id=" + longId)));
        assertTrue(ids.get(0).matches("1:[0-9a-f]{16}"), ids.get(0));
        assertEquals(ids.get(0), ids.get(1));
        assertNotEquals(ids.get(0), ids.get(2));
        assertTrue(ids.get(3).matches("desk:[0-9a-f]{16}"), "an id that has no room for more");
    }

    @Test
    void shouldGoOnWithCallsThatBeganBefore() {
        final ActionUrlTranslator before = new ActionUrlTranslator(settings(ActionUrlTemplate.GENERIC_PHONE));
        final List<String> begun = ids(ActionUrl.translate(before, in(1), end(1), in(1), IN, in(2)));
        final ActionUrlTranslator after = new ActionUrlTranslator(settings(ActionUrlTemplate.GENERIC_PHONE));
        after.connected(9);
        after.goOn(begun.get(2), "102", ActionUrl.ARRIVAL_NS, true);
        after.goOn(begun.get(3), "102", ActionUrl.ARRIVAL_NS, false);
        after.goOn(begun.get(4), "", ActionUrl.ARRIVAL_NS, false);
        after.disconnected();
        final List<String> ids = ids(ActionUrl.translate(after, end(2), END, end(1), in(1), in(2)));
        assertEquals(List.of(begun.get(4), begun.get(3), begun.get(2)), ids.subList(0, 3));
        assertTrue(!begun.contains(ids.get(3)) && !begun.contains(ids.get(4)), ids.toString());
    }

    @Test
    void shouldTellOneCallWhenXmlTellsItTwice() {
        final String parties = "<CallingPartyNumber>102</CallingPartyNumber><CalledPartyNumber>101</CalledPartyNumber>";
        final String in = polycom("<IncomingCallEvent>" + parties + "</IncomingCallEvent>");
        final String offered = polycom(
            "<CallStateChangeEvent CallReference=\"5\" CallState=\"Offering\">" + parties + "</CallStateChangeEvent>");
        final String free = polycom("<CallStateChangeEvent CallReference=\"5\" CallState=\"Free\"/>");
        final ActionUrlTranslator first = new ActionUrlTranslator(settings(ActionUrlTemplate.POLYCOM_PHONE));
        assertEquals(1, new HashSet<>(ids(ActionUrl.translate(first, in, offered, free))).size());
        final ActionUrlTranslator second = new ActionUrlTranslator(settings(ActionUrlTemplate.POLYCOM_PHONE));
        assertEquals(List.of("5", "5", "5"), ids(ActionUrl.translate(second, offered, in, free)));
    }

    @Test
    void shouldTellOneCallWhenItsStateBringsTheNumbersOfTheLine() {
        final String in = polycom("<IncomingCallEvent><CallingPartyName>Ann</CallingPartyName><CallingPartyNumber>102@pbx"
            + "</CallingPartyNumber><CalledPartyName>Me</CalledPartyName><CalledPartyNumber>101</CalledPartyNumber></IncomingCallEvent>");
        final ActionUrlTranslator translator = new ActionUrlTranslator(settings(ActionUrlTemplate.POLYCOM_PHONE));
        final FactLog log = ActionUrl.translate(translator, in, state("5", "Offering", call("5", "Offering", "102")),
            state("5", "Connected", call("5", "Connected", "102")), state("5", "Disconnected", ""));
        assertEquals(1, new HashSet<>(ids(log)).size());
        assertEquals(List.of("LegSeen 102 Ann", "LegSeen 102 Ann"),
            log.of("LegSeen").stream().map(fact -> fact.show("remoteParty", "remoteName")).toList());
    }

    /** On the second line of a device, whose number is not the user's, neither of the two that the state names need be the other side. */
    @Test
    void shouldTellOneCallWhenNeitherNumberOfTheLineIsTheUsers() {
        final String in = polycom("<IncomingCallEvent><CallingPartyNumber>102</CallingPartyNumber><CalledPartyNumber>201"
            + "</CalledPartyNumber></IncomingCallEvent>");
        final FactLog log = ActionUrl.translate(new ActionUrlTranslator(settings(ActionUrlTemplate.POLYCOM_PHONE)), in,
            state("5", "Connected", call("5", "Connected", "102").replace("101", "201")), state("5", "Disconnected", ""));
        assertEquals(1, new HashSet<>(ids(log)).size());
    }

    @Test
    void shouldTakeThePartiesOfTheCallWhoseStateChangesAmongThoseOfTheLine() {
        final ActionUrlTranslator translator = new ActionUrlTranslator(settings(ActionUrlTemplate.POLYCOM_PHONE));
        final FactLog log = ActionUrl.translate(translator, state("5", "Offering", call("5", "Offering", "102")),
            state("5", "Connected", call("5", "Connected", "102")),
            state("6", "Offering", call("5", "Connected", "102") + call("6", "Offering", "103")),
            state("5", "Hold", call("6", "Offering", "103") + call("5", "CallHold", "102")));
        assertEquals("5 102, 5 , 5 , 6 103, 5 ", String.join(", ",
            log.facts().stream().map(fact -> fact.get("nativeId") + ' ' + fact.get("remoteParty")).toList()));
    }

    private static String state(final String reference, final String state, final String calls) {
        return polycom("<CallStateChangeEvent CallReference=\"" + reference + "\" CallState=\"" + state + "\"><PhoneIP>10.0.0.9</PhoneIP>"
            + "<CallLineInfo><LineKeyNum>1</LineKeyNum><LineDirNum>101</LineDirNum><LineState>Active</LineState>" + calls
            + "</CallLineInfo></CallStateChangeEvent>");
    }

    private static String call(final String reference, final String state, final String calling) {
        return "<CallInfo><CallState>" + state + "</CallState><CallType>Incoming</CallType><UIAppearanceIndex>1*</UIAppearanceIndex>"
            + "<CalledPartyName>Me</CalledPartyName><CalledPartyDirNum>101</CalledPartyDirNum><CallingPartyName>Ann</CallingPartyName>"
            + "<CallingPartyDirNum>" + calling + "</CallingPartyDirNum><CallReference>" + reference
            + "</CallReference><CallDuration>0</CallDuration></CallInfo>";
    }

    @Test
    void shouldKeepAnEndThatNamesNoCallAndBeginACallThatIsUpAtFirstSight() {
        assertEquals(List.of("Other"), generic(BARE_END).templates());
        assertEquals(List.of("Other"), generic(get("/p?event=resumed")).templates());
        assertEquals(List.of(), generic(get("/p?event=on-hook")).templates());
        final List<String> ids = ids(generic(UP, END));
        assertEquals(ids.get(0), ids.get(1));
        assertEquals("5", generic(get("/p?event=terminated&call_id=5")).only().get("nativeId"));
    }

    @Test
    void shouldNotBringACallToLifeThatIsOver() {
        final List<String> ids = ids(generic(IN, END, UP, END));
        assertNotEquals(ids.get(0), ids.get(2));
        assertEquals(ids.get(2), ids.get(3));
    }

    @Test
    void shouldPushOutTheOldestWhenTooManyAreOpen() {
        final List<String> requests = new ArrayList<>();
        for (int i = 0; i < 33; i++) {
            requests.add(get("/p?event=incoming&remote=2" + (100 + i)));
        }
        requests.add(get("/p?event=terminated&remote=2100"));
        requests.add(get("/p?event=terminated&remote=2101"));
        final FactLog log = generic(requests.toArray(new String[0]));
        assertEquals("Other", log.facts().get(33).template());
        assertEquals(log.facts().get(1).get("nativeId"), log.facts().get(34).get("nativeId"));
    }

    /** Whatever comes, no id is begun again behind its end, and the same requests give the same ids. */
    @Property(tries = 500)
    void shouldNeverBeginAnIdAgainBehindItsEnd(@ForAll("requests") @Size(max = 30) final List<String> requests) {
        final FactLog log = generic(requests.toArray(new String[0]));
        assertEquals(log.facts(), generic(requests.toArray(new String[0])).facts());
        final HashSet<String> over = new HashSet<>();
        log.facts().forEach(fact -> {
            if (fact.template().equals("Hangup")) {
                over.add(fact.get("nativeId"));
            } else if (fact.template().equals("LegSeen")) {
                assertTrue(!over.contains(fact.get("nativeId")), () -> fact.get("nativeId") + " begins again: " + requests);
            }
        });
    }

    @Provide
    Arbitrary<List<String>> requests() {
        final Arbitrary<String> events = Arbitraries.of("incoming", "outgoing", "established", "hold", "resumed", "terminated", "missed");
        final Arbitrary<String> remotes = Arbitraries.of("", "&remote=102", "&remote=103");
        final Arbitrary<String> ids = Arbitraries.of("", "&call_id=1", "&call_id=2");
        return events.flatMap(event -> remotes.flatMap(remote -> ids.map(id -> get("/p?event=" + event + remote + id)))).list();
    }

    private static String in(final int id) {
        return get("/p?event=incoming&remote=102&call_id=" + id);
    }

    private static String end(final int id) {
        return get("/p?event=terminated&call_id=" + id);
    }

    private static List<String> ids(final FactLog log) {
        return log.facts().stream().filter(fact -> !fact.template().equals("Hold")).map(fact -> fact.get("nativeId")).toList();
    }
}

package io.strowger.ops.connector.talk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class AmiTalkTest {
    private static final String GREETING = "Asterisk Call Manager/9.0.0\r\n";
    private static final String CHALLENGE = "Response: Success\r\nActionID: strowger-1\r\nChallenge: 889666473\r\n\r\n";
    private static final String ACCEPTED = "Response: Success\r\nActionID: strowger-2\r\nMessage: Authentication accepted\r\n\r\n";
    private static final String BOOTED = "Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: 50\r\n\r\n";

    private final Heard heard = new Heard();

    /** Challenge, secret and key of a real login, capture 22b. */
    @Test
    void shouldAnswerChallengeAsRealServerAcceptsWhenLoggingIn() {
        for (final int pieceLength : new int[] {1, 2, 3, 7, 1_000}) {
            heard.sent.clear();
            heard.told.clear();
            final AmiTalk talk = AmiTalk.ofEvents(heard, "router", "router-test");
            heard.bring(talk, GREETING + CHALLENGE, pieceLength);
            assertEquals(List.of("Action: Challenge\r\nActionID: strowger-1\r\nAuthType: MD5\r\n\r\n",
                lines("Action: Login", "ActionID: strowger-2", "AuthType: MD5", "Username: router",
                    "Key: 8206f01cee5bdd9c996f7f23e15e4f34", "Events: on", "")), heard.sent);
            heard.bring(talk, ACCEPTED, pieceLength);
            assertEquals(List.of("ready"), heard.told);
            assertFalse(talk.list(), "not booted yet");
            heard.bring(talk, BOOTED, pieceLength);
            assertEquals(List.of("ready", "listing"), heard.told);
            assertFalse(talk.list(), "it is being listed");
        }
    }

    @Test
    void shouldBeListedWhenEachListHasEndedOrWasRefused() {
        final AmiTalk talk = AmiTalk.ofEvents(heard, "router", "router-test");
        heard.bring(talk, GREETING + CHALLENGE + ACCEPTED + BOOTED, 1_000);
        for (int id = 3; id <= 7; id++) {
            heard.bring(talk, 5 == id ? refused(id, "Invalid/unknown command: BridgeList.")
                : 6 == id ? refused(id, "Permission denied") : list(id), 11);
            assertEquals("listing", heard.told.get(heard.told.size() - 1));
        }
        heard.bring(talk, list(8), 11);
        assertEquals("listed PJSIPShowContacts: Permission denied", heard.told.get(heard.told.size() - 1));
        assertTrue(talk.list(), "once more");
        assertEquals("listing", heard.told.get(heard.told.size() - 1));
    }

    /** A bare LF is part of a value: nobody who can name a channel or set a variable can say that the server has booted. */
    @Test
    void shouldHearNothingForgedWhenValueHasLines() {
        final AmiTalk talk = AmiTalk.ofEvents(heard, "router", "router-test");
        heard.bring(talk, GREETING + CHALLENGE + ACCEPTED, 1_000);
        heard.bring(talk, lines("Event: UserEvent", "Text: a\n\nEvent: FullyBooted\n\nResponse: Error", ""), 1_000);
        heard.bring(talk, lines("Event: Newexten", "AppData: \n\nEvent: FullyBooted", ""), 1_000);
        assertEquals(List.of("ready"), heard.told);
    }

    @Test
    void shouldHearBlockBehindOneThatLoneLineFeedCloses() {
        final AmiTalk talk = AmiTalk.ofEvents(heard, "router", "router-test");
        heard.bring(talk, GREETING + CHALLENGE + ACCEPTED, 1_000);
        heard.bring(talk, "Event: Newexten\r\nAppData: x\r\n\n" + BOOTED, 9);
        assertEquals(List.of("ready", "listing"), heard.told);
    }

    @Test
    void shouldAskForNothingButPingsWhenConnectionIsOfCommands() {
        final AmiTalk talk = AmiTalk.ofCommands(heard, "router", "router-test");
        heard.bring(talk, GREETING + CHALLENGE + ACCEPTED + BOOTED, 1_000);
        assertTrue(heard.sent.get(1).endsWith("Events: call\r\n\r\n"), heard.sent.get(1));
        assertEquals(2, heard.sent.size());
        assertTrue(talk.ping());
        assertEquals("Action: Ping\r\nActionID: strowger-3\r\n\r\n", heard.sent.get(2));
        assertEquals(List.of("ready"), heard.told);
    }

    private static String lines(final String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    private static String list(final int id) {
        return "Response: Success\r\nActionID: strowger-" + id + "\r\nEventList: start\r\nMessage: Some will follow\r\n\r\n"
            + "Event: SomeItem\r\nActionID: strowger-" + id + "\r\n\r\n"
            + "Event: SomeListComplete\r\nActionID: strowger-" + id + "\r\nEventList: Complete\r\nListItems: 1\r\n\r\n";
    }

    private static String refused(final int id, final String message) {
        return "Response: Error\r\nActionID: strowger-" + id + "\r\nMessage: " + message + "\r\n\r\n";
    }
}

package io.strowger.codecs.esl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.action.ActionLimits;
import io.strowger.codecs.action.Actions;
import io.strowger.codecs.action.ResultLog;
import io.strowger.codecs.translate.CapturedStreams;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Commands and replies of a real FreeSWITCH server, in both directions.
 */
final class EslActionCaptureTest {
    private static final String LEG = "11111111-2222-3333-4444-555555555555";
    private static final String FIRST_JOB = "4f408749-d890-4efe-a7aa-63143bcb02c6";
    private static final String SECOND_JOB = "ffe1a6ce-6395-468f-b03a-3f222bab12b3";

    private final EslActions connection = new EslActions(EslCommands.settings(ActionLimits.of(3, 7)), ResultLog.NOW_NS);

    EslActionCaptureTest() {
        connection.connected();
    }

    private static String read(final String file) {
        return new String(CapturedStreams.read(CapturedStreams.folder("freeswitch").resolve(file)), StandardCharsets.ISO_8859_1);
    }

    private List<String> written(final Actions action, final long sequence) {
        return EslCommands.parse(new String(action.command(connection, sequence), StandardCharsets.UTF_8));
    }

    private void assertTaken(final String file, final Actions action) {
        final String line = written(action, 1).get(1);
        assertTrue(read(file).contains("api " + line + "\n"), line);
    }

    @Test
    void shouldWriteTheCommandsThatTheServerTook() {
        assertTaken("19-commands/tx.raw", Actions.full("TransferCall").value("kind", 0).text("nativeId", LEG).text("user", "")
            .text("number", "103"));
        assertTaken("13-agents/tx.raw", Actions.full("LogIn").text("user", "106"));
        assertTaken("13-agents/tx.raw", Actions.full("GroupLogIn").text("user", "106"));
        assertTaken("13-agents/tx.raw", Actions.full("GroupLogOff").text("user", "106"));
    }

    @Test
    void shouldWriteTheStartOfARecordingAsTheServerTookIt() {
        final String leg = "90d4b43f-6579-4736-9fd6-8c307dd3ce1f";
        final EslActions inFolder = new EslActions(
            EslCommands.settings(ActionLimits.of(3, 7)).recordingFolder("/var/spool/fs_recs"), ResultLog.NOW_NS);
        inFolder.connected();
        final byte[] command = Actions.full("StartRecording").text("nativeId", leg).text("reference", "x").command(inFolder, 1);
        final String line = EslCommands.parse(new String(command, StandardCharsets.UTF_8)).get(1);
        assertTrue(read("15-recording/tx.raw").contains("api " + line + "\n"), line);
    }

    @Test
    void shouldWriteAHangUpAsTheServerTookItWithItsCauseAsANumber() {
        final List<String> real = EslCommands.words("uuid_kill " + LEG + " USER_BUSY");
        assertTrue(read("19-commands/tx.raw").contains("api uuid_kill " + LEG + " USER_BUSY\n"));
        final List<String> ours = EslCommands.words(written(Actions.full("HangUp").text("nativeId", LEG).value("causeCode", 17), 1).get(1));
        assertEquals(real.subList(0, 2), ours.subList(0, 2));
        assertEquals(real.size(), ours.size());
    }

    @Test
    void shouldWriteACallWithTheVariablesAndArgumentsThatTheServerTook() {
        final String real = read("19-commands/tx.raw").lines().filter(line -> line.startsWith("bgapi originate {")).findFirst()
            .orElseThrow();
        final List<String> wanted = new ArrayList<>(EslCommands.words(real.substring("bgapi ".length())));
        final List<String> ours = EslCommands.words(written(Actions.full("GenerateCall"), 1).get(1));
        wanted.removeAll(List.of("router_callref", "ctc: 7", LEG));
        assertTrue(ours.containsAll(wanted), ours + " for " + wanted);
        assertEquals(wanted.subList(wanted.size() - 4, wanted.size()), ours.subList(ours.size() - 4, ours.size()));
    }

    @ParameterizedTest
    @CsvSource({
        "rx.raw, 1 SENT; 1 DONE; 2 SENT; 2 FAILED -ERR USER_NOT_REGISTERED", "json/rx.raw, 1 DONE; 2 FAILED -ERR USER_NOT_REGISTERED"})
    void shouldReadWhatTheServerSaidOfTwoCalls(final String file, final String results) {
        final String first = written(Actions.full("GenerateCall"), 1).get(0);
        final String second = written(Actions.full("GenerateCall"), 2).get(0);
        final byte[] said = read("19-commands/" + file).replace(FIRST_JOB, first).replace(SECOND_JOB, second)
            .getBytes(StandardCharsets.ISO_8859_1);
        final UnsafeBuffer bytes = new UnsafeBuffer(said);
        final ResultLog log = new ResultLog();
        for (int at = 0; at < said.length; at += 1_000) {
            connection.onBytes(bytes, at, Math.min(1_000, said.length - at), ResultLog.NOW_NS, log);
        }
        assertEquals(List.of(results.split("; ", -1)), log.lines());
    }

    @ParameterizedTest
    @CsvSource({"13-agents/rx.raw", "13-agents/json/rx.raw", "19-commands/rx.raw", "19-commands/wrong-password/rx.raw"})
    void shouldJoinNothingOfOtherCommands(final String file) {
        written(Actions.full("GenerateCall"), 1);
        written(Actions.full("HangUp"), 2);
        final UnsafeBuffer bytes = new UnsafeBuffer(read(file).getBytes(StandardCharsets.ISO_8859_1));
        final ResultLog log = new ResultLog();
        connection.onBytes(bytes, 0, bytes.capacity(), ResultLog.NOW_NS, log);
        assertEquals(List.of(), log.lines());
        assertEquals(2, connection.pendingCount());
    }
}

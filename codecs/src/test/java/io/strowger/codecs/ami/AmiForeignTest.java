package io.strowger.codecs.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.codecs.translate.CapturedStreams;
import io.strowger.codecs.translate.FactLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * A stream of an Asterisk 11 from another public project's tests, read where it lies: old names, a masquerade, bare LF line ends.
 */
final class AmiForeignTest {
    @Test
    void shouldUnderstandAnOriginateWithAMasqueradeOnAnOldServer() {
        final byte[] stream = foreign("ami_ast11_originate_local_masquerade.yaml");
        final FactLog log = new FactLog();
        Ami.feed(new AmiTranslator(Ami.SETTINGS.withBareLineFeedEndsLine()), stream, log);
        assertEquals(List.of(4, 4, 12, 3, 4), List.of(
            log.of("LegSeen").size(), log.of("Dial").size(), log.of("Bridge").size(), log.of("Rename").size(), log.of("Hangup").size()));
        assertEquals(List.of("1414510601.2", "1414510600.0", "1414510601.2"),
            log.of("Rename").stream().map(fact -> fact.get("nativeId")).toList());
        assertEquals("1414510600.1", log.of("Dial").get(0).get("peerLeg"));
    }

    @Test
    void shouldGiveTheSameFactsWhenTheSameLinesEndWithCrlf() {
        final byte[] stream = foreign("ami_ast11_originate_local_masquerade.yaml");
        final FactLog bare = new FactLog();
        Ami.feed(new AmiTranslator(Ami.SETTINGS.withBareLineFeedEndsLine()), stream, bare);
        final FactLog strict = Ami.translate(Ami.raw(new String(stream, StandardCharsets.ISO_8859_1).replace("\n", "\r\n")));
        assertEquals(bare.facts().stream().filter(fact -> !fact.template().equals("Other")).map(AmiForeignTest::content).toList(),
            strict.facts().stream().filter(fact -> !fact.template().equals("Other")).map(AmiForeignTest::content).toList());
    }

    /** All fields but the place in the stream. */
    private static String content(final FactLog.Fact fact) {
        return fact.template() + fact.fields().toString().replaceFirst("sourceSequence=\\d+", "");
    }

    private static byte[] foreign(final String name) {
        final Path path = Path.of(System.getProperty("strowger.shared", "absent"), "captures", "foreign", name);
        Assumptions.assumeTrue(Files.isRegularFile(path), () -> "skipped: no stream of another project at " + path);
        return CapturedStreams.read(path);
    }
}

package io.strowger.codecs.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.translate.FactLog;
import io.strowger.codecs.translate.NameTable;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Random blocks and random bytes.
 */
final class AmiPropertyTest {
    private static final int SENTINEL_CAUSE = 99;

    /** A field whose value may hold anything but CRLF, which is the one thing a value cannot carry. */
    record Field(String key, String value) {
    }

    @Property(tries = 500)
    void shouldFindEveryFieldOfARandomBlock(@ForAll("fields") @Size(min = 1, max = 60) final List<Field> fields) {
        final StringBuilder text = new StringBuilder();
        fields.forEach(field -> text.append(field.key()).append(": ").append(field.value()).append("\r\n"));
        final byte[] bytes = Ami.raw(text.append("\r\n").toString());
        final AmiBlock block = new AmiBlock(false);
        block.load(new UnsafeBuffer(bytes), 0, bytes.length);
        block.parse();
        final List<Field> found = new ArrayList<>();
        for (int i = 0; i < block.count(); i++) {
            found.add(new Field(
                text.substring(block.keyOffset(i), block.keyOffset(i) + block.keyLength(i)),
                text.substring(block.valueOffset(i), block.valueOffset(i) + block.valueLength(i))));
        }
        assertEquals(fields, found);
        for (final String key : List.of("Uniqueid", "Cause", "DestChannel")) {
            final int number = AmiKey.find(Ami.raw(key + " ".repeat(NameTable.PADDING)), 0, key.length());
            final int first = fields.stream().map(Field::key).map(k -> k.equalsIgnoreCase(key)).toList().indexOf(true);
            assertEquals(first, block.find(number), key);
        }
    }

    @Property(tries = 500)
    void shouldNeverTakeAValueForABlock(@ForAll("fields") @Size(min = 1, max = 20) final List<Field> fields) {
        final StringBuilder text = new StringBuilder("Event: NothingKnown\r\n");
        fields.forEach(field -> text.append(field.key()).append(": ").append(field.value()).append("\r\n"));
        text.append("\r\nEvent: Hangup\r\nUniqueid: 1.1\r\nCause: ").append(SENTINEL_CAUSE).append("\r\n\r\n");
        final FactLog log = Ami.translate(Ami.raw(text.toString()));
        assertEquals(List.of("Other", "Hangup"), log.templates());
        assertEquals("Hangup 1.1 " + SENTINEL_CAUSE, log.facts().get(1).show("nativeId", "causeCode"));
    }

    /** Whatever comes, the next whole block is translated, every fact is a whole signal, and pieces make no difference. */
    @Property(tries = 500)
    void shouldComeBackToTheStreamAfterAnyBytes(
        @ForAll("noise") final String noise, @ForAll @IntRange(min = 1, max = 50) final int piece) {
        final byte[] stream = Ami.raw(noise + "\r\n\r\n--END COMMAND--\r\n\r\nEvent: Hangup\r\nUniqueid: sentinel\r\n\r\n");
        final FactLog whole = Ami.translate(stream);
        assertEquals("sentinel", whole.facts().get(whole.facts().size() - 1).get("nativeId"));
        final FactLog pieces = new FactLog();
        final AmiTranslator translator = new AmiTranslator(Ami.SETTINGS);
        for (int at = 0; at < stream.length; at += piece) {
            translator.onBytes(new UnsafeBuffer(stream), at, Math.min(piece, stream.length - at), Ami.ARRIVAL_NS, pieces);
        }
        assertEquals(whole.facts(), pieces.facts());
        assertTrue(translator.position() <= stream.length);
    }

    @Provide
    Arbitrary<List<Field>> fields() {
        final Arbitrary<String> keys = Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.of("Uniqueid", "UNIQUEID", "Cause", "DestChannel", "ChanVariable", "Linkedid", "X")),
            Tuple.of(1, Arbitraries.strings().withCharRange('a', 'z').withChars('-', '_').ofMinLength(1).ofMaxLength(45)));
        final Arbitrary<String> values = Arbitraries.strings().withCharRange(' ', 'ÿ').withChars('\n', '\r', ':', '\u0001', '\u000b')
            .ofMaxLength(40).map(value -> value.replaceAll("\r+(\n|\\z)", "$1"))
            .map(value -> value.startsWith("\n") ? "x" + value : value);
        return Combinators.combine(keys, values).as(Field::new).list();
    }

    @Provide
    Arbitrary<String> noise() {
        return Arbitraries.of(
            "Event: Hangup", "Event: DialBegin", "Event: ", "Event:", "Response: Success", "Response: Follows", "ActionID: 1",
            "Message: Channels will follow", "Asterisk Call Manager/9", "Uniqueid: 1.1", "DestUniqueid: 2", "Channel: PJSIP/101-1",
            "CallerIDName: a\\", "Timestamp: 1.5", "--END COMMAND--", "\r\n", "\r\n", "\r\n", "\r\n\r\n", "\n", "\r", ":", " ", "\\n",
            "é", "\u0000", "\u000b").list().ofMaxSize(60).map(parts -> String.join("", parts));
    }
}

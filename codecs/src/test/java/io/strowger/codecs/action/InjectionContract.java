package io.strowger.codecs.action;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/**
 * Whatever bytes stand in the texts of an action, admitted or not, its command is refused, or has the lines, headers and words that it
 * would have with plain texts in their places, and no others: as a reader of its bytes sees it that has nothing to do with the writer.
 */
public abstract class InjectionContract {
    private static final List<String> HOSTILE = List.of(
        "\r\n", "\n", "\r", "\0", "\t", "\u007F", "\r\nAction: Originate\r\n\r\n",
        "\n\nbgapi status\n\n", ",", "|", "/", ":", ";", "&", "{", "}",
        " ", "'", "\"", "\\", "\\n", "\\'", "$", "${x}", "%", "%0a", "^", "^^;",
        "<", ">", "(", ")", "[", "]", "=", "`", "..", "../", "-", "--", "@",
        "~", "!", "?", "#", "*", "+", ".", "_", "\uFEFF", "\u0085", "\u2028", "undef",
        ":_:", ",,", "||", "é", "王", "' '", "a' b 'c", ")&park(", "\u3000", "\u00A0");
    /** Bytes that are no UTF-8: cut, too long, half a pair, beyond the last. */
    private static final int[][] BROKEN = {
        {0x80}, {0xC3}, {0xC0, 0x8A}, {0xE2, 0x80}, {0xE0, 0x80, 0x8A}, {0xED, 0xA0, 0x80}, {0xF4, 0x90, 0x80, 0x80}, {0xFF}, {0xC0, 0x8D}};
    private static final int MOST_PIECES = 6;

    /** Connections with every setting that the action can need, one for each way that settings have its command take; not connected yet. */
    protected abstract List<ActionConnection> connections(String template);

    /** The lines of a command without their ends, as the call router reads its bytes; throws when it is not exactly one command. */
    protected abstract List<byte[]> lines(byte[] command);

    /** The words of a command, after its id, and what the call router makes of them. */
    protected abstract List<String> words(String command);

    /** The variants of an action that take different ways. */
    private static List<Actions> variants(final String template) {
        final List<Actions> variants = new ArrayList<>();
        variants.add(Actions.full(template));
        switch (template) {
            case "TransferCall" -> {
                variants.add(Actions.full(template).value("kind", 1));
                variants.add(Actions.full(template).value("kind", 0));
                variants.add(Actions.full(template).value("kind", 0).text("user", ""));
            }
            case "ForwardCall" -> variants.add(Actions.full(template).text("nativeId", "").text("user", "101"));
            case "HangUp" -> variants.add(Actions.full(template).value("causeCode", 17));
            case "GenerateCall" -> variants.add(Actions.full(template).text("name", ""));
            case "StartRecording" -> variants.add(Actions.full(template).text("reference", ""));
            case "Answer", "SendFax", "SendSms" -> variants.add(Actions.full(template).text("user", ""));
            default -> { }
        }
        return variants;
    }

    @Test
    void shouldNeverLetAHostileTextChangeTheShapeOfACommand() {
        int taken = 0;
        for (final String hostile : HOSTILE) {
            for (final String text : List.of(hostile, "a" + hostile, hostile + "b", "a" + hostile + "b")) {
                taken += check(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        assertTrue(taken > 1_000, "texts that were taken: " + taken);
    }

    @Property(tries = 100)
    void shouldNeverLetAnyBytesChangeTheShapeOfACommand(@ForAll @Size(min = 1, max = 60) final byte[] text) {
        check(text);
    }

    @Property(tries = 150)
    void shouldNeverLetPiecesOfGrammarChangeTheShapeOfACommand(@ForAll final long seed) {
        check(hostile(new Random(seed)));
    }

    /** Two texts that are harmless alone may not be together. */
    @Property(tries = 60)
    void shouldNeverLetTextsTogetherChangeTheShapeOfACommand(@ForAll final long seed) {
        final Random random = new Random(seed);
        for (final String template : Actions.ALL) {
            for (final Actions action : variants(template)) {
                final Map<String, byte[]> texts = new LinkedHashMap<>();
                for (final String name : Actions.of(template).textNames()) {
                    if (random.nextInt(3) > 0) {
                        texts.put(name, random.nextInt(3) > 0 ? mild(random) : hostile(random));
                    }
                }
                check(action, texts);
            }
        }
    }

    @Test
    void shouldRefuseLineEndsAndWhatIsNoTextInEveryTextThatIsWritten() {
        assertEquals(14, Actions.ALL.size());
        for (final String template : Actions.ALL) {
            for (final String name : Actions.of(template).textNames()) {
                variants(template).stream().filter(action -> isWritten(action, name)).forEach(action -> {
                    for (final byte[] text : unwritable()) {
                        commands(action.text(name, text)).forEach(command -> assertNull(command, template + " " + name));
                    }
                });
            }
        }
    }

    private static List<byte[]> unwritable() {
        final List<byte[]> texts = new ArrayList<>();
        for (int control = 0; control < ' '; control++) {
            texts.add(new byte[] {'1', (byte)control, '2'});
        }
        for (final int[] broken : BROKEN) {
            final ByteArrayOutputStream text = new ByteArrayOutputStream();
            text.write('1');
            for (final int value : broken) {
                text.write(value);
            }
            texts.add(text.toByteArray());
        }
        return texts;
    }

    @Test
    void shouldWriteNothingOfWhoAsksAndHisKey() {
        for (final String template : Actions.ALL) {
            for (final String name : List.of("clientId", "key")) {
                for (final Actions action : variants(template)) {
                    assertEquals(false, isWritten(action, name), template + " " + name);
                }
            }
        }
    }

    private static byte[] hostile(final Random random) {
        final ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int i = random.nextInt(MOST_PIECES); i >= 0; i--) {
            switch (random.nextInt(8)) {
                case 0 -> text.write(random.nextInt());
                case 1 -> {
                    for (final int value : BROKEN[random.nextInt(BROKEN.length)]) {
                        text.write(value);
                    }
                }
                case 2, 3 -> text.write('a' + random.nextInt(26));
                case 4 -> text.writeBytes(Character.toString(random.nextInt(Character.MIN_SURROGATE)).getBytes(StandardCharsets.UTF_8));
                default -> text.writeBytes(HOSTILE.get(random.nextInt(HOSTILE.size())).getBytes(StandardCharsets.UTF_8));
            }
        }
        return text.toByteArray();
    }

    /** What many places take. */
    private static byte[] mild(final Random random) {
        final List<String> pieces = List.of("a", "7", "+", "*", "#", ".", "_", "-", "é", "王", " ", "/", "@", "'", "\\", "&", ",");
        final StringBuilder text = new StringBuilder("x");
        for (int i = random.nextInt(MOST_PIECES); i >= 0; i--) {
            text.append(pieces.get(random.nextInt(random.nextInt(3) > 0 ? 10 : pieces.size())));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private int check(final byte[] text) {
        int taken = 0;
        for (final String template : Actions.ALL) {
            for (final String name : Actions.of(template).textNames()) {
                for (final Actions action : "clientId".equals(name) || "key".equals(name) ? List.<Actions>of() : variants(template)) {
                    taken += check(action, Map.of(name, text));
                }
            }
        }
        return taken;
    }

    /** Sets the texts of the action, and says how many connections have written it. */
    private int check(final Actions action, final Map<String, byte[]> texts) {
        int taken = 0;
        texts.forEach(action::text);
        final List<byte[]> commands = commands(action);
        final Map<String, String> marks = new LinkedHashMap<>();
        texts.forEach((name, text) -> marks.put(name, mark(name, text)));
        if (commands.stream().anyMatch(command -> null != command)) {
            final String said = action.toString();
            marks.forEach(action::text);
            final List<byte[]> plain = commands(action);
            for (int i = 0; i < plain.size(); i++) {
                if (null != commands.get(i)) {
                    compare(said, commands.get(i), plain.get(i), texts, marks);
                    taken++;
                }
            }
        }
        return taken;
    }

    private void compare(
        final String said, final byte[] command, final byte[] plain, final Map<String, byte[]> texts, final Map<String, String> marks) {
        assertNotNull(plain, said);
        final List<byte[]> lines = lines(command);
        final List<byte[]> plainLines = lines(plain);
        assertEquals(plainLines.size(), lines.size(), said);
        final List<String> wanted = words(utf8(plain));
        final List<String> read = words(utf8(command));
        for (final Map.Entry<String, byte[]> text : texts.entrySet()) {
            final String mark = marks.get(text.getKey());
            if (!mark.isEmpty() && utf8(plain).contains(mark)) {
                final String written = utf8(text.getValue());
                // both call routers drop spaces at the end of a name, and only there
                final String kept = "name".equals(text.getKey()) ? written.replaceAll(" +$", "") : written;
                wanted.replaceAll(word -> word.replace(mark, kept));
                read.replaceAll(word -> word.equals(written) ? kept : word);
            }
        }
        assertEquals(wanted, read, said);
        for (int i = 0; i < lines.size(); i++) {
            assertArrayEquals(name(plainLines.get(i)), name(lines.get(i)), said);
        }
    }

    /** What stands in front of the first space: the name of a header, or that of the command. */
    private static byte[] name(final byte[] line) {
        final String text = new String(line, StandardCharsets.ISO_8859_1);
        return text.substring(0, Math.max(0, text.indexOf(' '))).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A plain text with the same way through the writer: a file has its ending or not, a group its place, and nothing stays nothing. */
    private static String mark(final String name, final byte[] bytes) {
        if (bytes.length == 0) {
            return "";
        }
        final String text = new String(bytes, StandardCharsets.UTF_8);
        final String mark = "QQ" + name.toUpperCase(Locale.ROOT) + "QQ";
        return mark + (text.contains("@") ? "@a" : text.substring(text.lastIndexOf('/') + 1).contains(".") ? ".a" : "");
    }

    private boolean isWritten(final Actions action, final String name) {
        final String mark = mark(name, new byte[1]);
        return commands(action.text(name, mark)).stream().anyMatch(command -> null != command && utf8(command).contains(mark));
    }

    /** What each connection writes, null where it refuses. */
    private List<byte[]> commands(final Actions action) {
        final List<byte[]> commands = new ArrayList<>();
        for (final ActionConnection connection : connections(action.template())) {
            connection.connected();
            commands.add(action.written(connection));
        }
        return commands;
    }

    private static String utf8(final byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (final CharacterCodingException e) {
            throw new AssertionError("no UTF-8 has been written", e);
        }
    }
}

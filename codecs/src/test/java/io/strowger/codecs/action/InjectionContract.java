package io.strowger.codecs.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/**
 * Whatever stands in a text of an action, the command has the words that it would have with a plain text in its place, and no others: as a
 * reader sees it that has nothing to do with the writer.
 */
public abstract class InjectionContract {
    private static final String MARK = "QQ7QQ";
    private static final List<String> HOSTILE = List.of(
        "\r\n", "\n", "\r", "\0", "\t", "\u007F", "\r\nAction: Originate\r\n\r\n",
        "\n\nbgapi status\n\n", ",", "|", "/", ":", ";", "&", "{", "}",
        " ", "'", "\"", "\\", "\\n", "\\'", "$", "${x}", "%", "%0a", "^", "^^;",
        "<", ">", "(", ")", "[", "]", "=", "`", "..", "../", "-", "--", "@",
        "~", "!", "?", "#", "*", "+", ".", "_", "\uFEFF", "\u0085", "\u2028", "undef",
        ":_:", ",,", "||", "é", "王", "' '", "a' b 'c", ")&park(");

    /** A connection with every setting that an action can need, not connected yet. */
    protected abstract ActionConnection connection();

    /** The words of a command, after its id; throws when it is not exactly one command. */
    protected abstract List<String> words(String command);

    /** The variants of an action that take different ways. */
    private static List<Actions> variants(final String template) {
        final List<Actions> variants = new ArrayList<>();
        variants.add(Actions.full(template));
        if ("TransferCall".equals(template)) {
            variants.add(Actions.full(template).value("kind", 1));
            variants.add(Actions.full(template).value("kind", 0));
            variants.add(Actions.full(template).value("kind", 0).text("user", ""));
        }
        if ("ForwardCall".equals(template)) {
            variants.add(Actions.full(template).text("nativeId", "").text("user", "101"));
        }
        return variants;
    }

    @Test
    void shouldNeverLetAHostileTextChangeTheShapeOfACommand() {
        int taken = 0;
        for (final String hostile : HOSTILE) {
            for (final String text : List.of(hostile, "a" + hostile, hostile + "b", "a" + hostile + "b")) {
                taken += check(text);
            }
        }
        assertTrue(taken > 500, "texts that were taken: " + taken);
    }

    @Property(tries = 100)
    void shouldNeverLetARandomTextChangeTheShapeOfACommand(@ForAll @StringLength(min = 1, max = 60) final String text) {
        check(text);
    }

    @Property(tries = 100)
    void shouldNeverLetARandomTextOfAsciiChangeTheShapeOfACommand(
        @ForAll @StringLength(min = 1, max = 60) final String text, @ForAll @IntRange(max = 40) final int at) {
        final StringBuilder ascii = new StringBuilder();
        text.chars().forEach(sign -> ascii.append((char)(sign % 0x60 + 0x20)));
        check(ascii.insert(Math.min(at, ascii.length()), "a").toString());
    }

    @Test
    void shouldRefuseLineEndsInEveryTextThatIsWritten() {
        for (final String template : Actions.ALL) {
            for (final String name : Actions.of(template).textNames()) {
                for (final Actions action : variants(template)) {
                    if (isWritten(action, name)) {
                        assertNotNull(refusal(action.text(name, "1\r2")), template + " " + name);
                        assertNotNull(refusal(action.text(name, "1\n2")), template + " " + name);
                        assertNotNull(refusal(action.text(name, "1\u00002")), template + " " + name);
                    }
                }
            }
        }
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

    private int check(final String text) {
        int taken = 0;
        for (final String template : Actions.ALL) {
            for (final String name : Actions.of(template).textNames()) {
                for (final Actions action : "clientId".equals(name) || "key".equals(name) ? List.<Actions>of() : variants(template)) {
                    taken += check(action, name, text) ? 1 : 0;
                }
            }
        }
        return taken;
    }

    private boolean check(final Actions action, final String name, final String text) {
        if (action.text(name, text.getBytes(StandardCharsets.UTF_8)).isAdmitted()) {
            final ActionRefusal refusal = refusal(action);
            if (null == refusal) {
                final String mark = mark(text);
                final List<String> read = words(command(action));
                final List<String> plain = words(command(action.text(name, mark)));
                // both call routers drop spaces at the end of a name, and only there
                final String wanted = "name".equals(name) ? text.stripTrailing() : text;
                plain.replaceAll(word -> word.replace(mark, wanted));
                read.replaceAll(word -> "name".equals(name) ? word.replace(text, wanted) : word);
                assertEquals(plain, read, () -> action.text(name, text).toString());
                return true;
            }
        }
        return false;
    }

    /** A plain text with the same way through the writer: a file has its ending or not, a group its place. */
    private static String mark(final String text) {
        return MARK + (text.contains("@") ? "@a" : text.substring(text.lastIndexOf('/') + 1).contains(".") ? ".a" : "");
    }

    private boolean isWritten(final Actions action, final String name) {
        return null == refusal(action.text(name, MARK)) && command(action).contains(MARK);
    }

    private ActionRefusal refusal(final Actions action) {
        return action.refusal(fresh());
    }

    private String command(final Actions action) {
        return new String(action.command(fresh(), 1), StandardCharsets.UTF_8);
    }

    private ActionConnection fresh() {
        final ActionConnection connection = connection();
        connection.connected();
        return connection;
    }
}

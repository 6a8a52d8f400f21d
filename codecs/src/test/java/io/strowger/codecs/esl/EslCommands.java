package io.strowger.codecs.esl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.action.ActionLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * ESL commands of the tests: their settings, and a reader of what is written that has nothing to do with the writer. It takes a command
 * apart as FreeSWITCH does.
 */
final class EslCommands {
    private static final String HEADER = "Job-UUID: ";

    private EslCommands() {
    }

    /** Settings with everything that an action can need. */
    static EslActionSettings settings(final ActionLimits limits) {
        return new EslActionSettings(limits, "127.0.0.1").trunk("sofia/gateway/carrier/{number}");
    }

    /** The reply to a command, with the id of its job or, where that is empty, without. */
    static String reply(final String text, final String id) {
        return "Content-Type: command/reply\nReply-Text: " + text + "\n" + (id.isEmpty() ? "" : "Job-UUID: " + id + "\n") + "\n";
    }

    /** The event of a job that is over. */
    static String job(final String id, final String body) {
        final String event = "Event-Name: BACKGROUND_JOB\nJob-UUID: " + id + "\nJob-Command: originate\nContent-Length: " + body.length() +
            "\n\n" + body;
        return "Content-Length: " + event.length() + "\nContent-Type: text/event-plain\n\n" + event;
    }

    /** An event of a leg. */
    static String event(final String name, final String leg, final String more) {
        final String event = "Event-Name: " + name + "\nUnique-ID: " + leg + "\n" + more + "\n";
        return "Content-Length: " + event.length() + "\nContent-Type: text/event-plain\n\n" + event;
    }

    /** Job id and command line of what must be one whole background command and nothing else. */
    static List<String> parse(final String command) {
        assertTrue(command.endsWith("\n\n"), command);
        final String[] lines = command.substring(0, command.length() - 2).split("\n", -1);
        assertEquals(2, lines.length, command);
        assertTrue(lines[0].startsWith("bgapi ") && lines[1].startsWith(HEADER), command);
        assertTrue((lines[0] + lines[1]).chars().noneMatch(sign -> sign < ' '), "a control character: " + command);
        return List.of(lines[1].substring(HEADER.length()), lines[0].substring("bgapi ".length()));
    }

    /** The two lines of what must be one whole command and nothing else, as the server splits its bytes: at LF, and at an empty line. */
    static List<byte[]> lines(final byte[] command) {
        final List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < command.length; at++) {
            if ('\n' == command[at]) {
                lines.add(Arrays.copyOfRange(command, from, at));
                from = at + 1;
            } else {
                assertTrue(command[at] < 0 || command[at] >= ' ', "a control character: " + command[at]);
            }
        }
        assertEquals(command.length, from, "a line without its end");
        assertEquals(3, lines.size(), "lines");
        assertEquals(0, lines.remove(2).length, "the empty line at the end");
        return lines;
    }

    /** The words of a command line: its name, its arguments, and what those are split into. */
    static List<String> words(final String line) {
        final int space = line.indexOf(' ');
        final String name = line.substring(0, space);
        final List<String> words = new ArrayList<>(List.of(name));
        final String arguments = line.substring(space + 1);
        switch (name) {
            case "chat" -> words.addAll(split(arguments, '|'));
            case "db" -> words.addAll(split(arguments, '/'));
            case "originate" -> {
                final List<String> split = split(arguments, ' ');
                final int brace = split.get(0).indexOf('}');
                for (final String variable : split(split.get(0).substring(1, brace), ',')) {
                    words.addAll(split(variable, '='));
                }
                for (final String attempt : split(split.get(0).substring(brace + 1), ',')) {
                    words.addAll(List.of(attempt.split("[|{}\\[\\]]|:_:", -1)));
                }
                words.addAll(split.subList(1, split.size()).stream()
                    .map(word -> word.equalsIgnoreCase("undef") ? "NOTHING" : word).toList());
            }
            default -> words.addAll(split(arguments, ' '));
        }
        return words;
    }

    /** Splits at a sign outside of apostrophes; a backslash keeps the sign behind it from being read. */
    static List<String> split(final String text, final char sign) {
        final List<String> parts = new ArrayList<>();
        int from = 0;
        boolean isQuoted = false;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '\'') {
                isQuoted = !isQuoted;
            } else if (text.charAt(i) == sign && !isQuoted) {
                parts.add(clean(text.substring(from, i)));
                from = i + 1;
            }
        }
        parts.add(clean(text.substring(from)));
        return parts;
    }

    /** Without apostrophes and escapes, and without spaces at either end but escaped ones. */
    private static String clean(final String part) {
        final StringBuilder text = new StringBuilder();
        final String stripped = part.replaceAll("^ +| +$", "");
        for (int i = 0; i < stripped.length(); i++) {
            final char sign = stripped.charAt(i);
            if (sign == '\\' && i + 1 < stripped.length()) {
                i++;
                final char escaped = stripped.charAt(i);
                text.append(switch (escaped) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    case 's' -> ' ';
                    default -> escaped;
                });
            } else if (sign != '\'') {
                text.append(sign);
            }
        }
        return text.toString();
    }
}

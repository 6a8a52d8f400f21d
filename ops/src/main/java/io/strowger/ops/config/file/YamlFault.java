package io.strowger.ops.config.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Map;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Why a text is no YAML, in words for who has written it.
 *
 * @param line   from 1.
 * @param reason in one line.
 */
record YamlFault(int line, String reason) {
    /** By a part of what the parser says. */
    private static final Map<String, String> WORDS = Map.of(
        "mapping values are not allowed here", "a second \": \" in this line, or a key that is further in than those before it: a value"
            + " with \": \" in it stands in quotes, keys of one thing in one column",
        "could not find expected ':'", "a key without \": \" and a blank behind it",
        "that cannot start any token", "a value begins with a character that it may not begin with: put it in quotes; indent with"
            + " blanks, never with tabs",
        "unexpected character found", "a value that begins with * or & stands in quotes, as \"*\"",
        "found undefined alias", "a value that begins with * stands in quotes, as \"*5\"",
        "found unexpected end of stream", "a quote is not closed",
        "expected ',' or '}'", "a { is not closed: behind a value comes , or }",
        "expected ',' or ']'", "a [ is not closed: behind a value comes , or ]");

    static YamlFault of(final JsonProcessingException fault) {
        if (fault.getCause() instanceof MarkedYAMLException marked && null != marked.getProblemMark()) {
            final int line = marked.getProblemMark().getLine() + 1;
            return new YamlFault(line, words(marked) + begun(marked.getContextMark(), line) + " (" + said(marked) + ")");
        }
        final int line = null == fault.getLocation() ? 1 : fault.getLocation().getLineNr();
        return new YamlFault(line, oneLine(fault.getOriginalMessage()));
    }

    private static String words(final MarkedYAMLException fault) {
        final String problem = String.valueOf(fault.getProblem());
        if (problem.startsWith("expected <block end>")) {
            return "this line does not fit in: keys of one thing, and entries of one list, begin in one column (here "
                + (fault.getProblemMark().getColumn() + 1) + ", before it " + column(fault.getContextMark()) + ")";
        }
        return WORDS.entrySet().stream().filter(each -> problem.contains(each.getKey())).map(Map.Entry::getValue).findFirst()
            .orElse("this is no YAML");
    }

    private static String begun(final Mark mark, final int line) {
        return null == mark || mark.getLine() + 1 == line ? "" : "; what it is in begins in line " + (mark.getLine() + 1);
    }

    private static String column(final Mark mark) {
        return null == mark ? "another" : Integer.toString(mark.getColumn() + 1);
    }

    private static String said(final MarkedYAMLException fault) {
        return oneLine((null == fault.getContext() ? "" : fault.getContext() + ": ") + fault.getProblem());
    }

    private static String oneLine(final String text) {
        return text.lines().findFirst().orElse("");
    }
}

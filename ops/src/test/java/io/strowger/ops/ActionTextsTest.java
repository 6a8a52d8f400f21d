package io.strowger.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.action.ActionRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every text of the product's own that an application may hear of an action stands in its documentation. */
class ActionTextsTest {
    private static final Path DOCUMENT = Path.of("docs/actions.md");
    private static final Pattern FAILURE = Pattern.compile("^ +[A-Z_]+\\(\"([a-z ]+)\"\\)", Pattern.MULTILINE);
    private static final Pattern OF_REFUSALS = Pattern.compile("String [A-Z]+ = \"([a-z ]+)\"");
    private static final Pattern UNTAKEN = Pattern.compile("UNTAKEN = \"([a-z ]+)\"");
    private static final Pattern OF_CONNECTION = Pattern.compile("constant\\(\"([a-z]+ [a-z, ]+|refused)\"\\)");
    private static final Pattern PROBLEM = Pattern.compile("Problem\\.[a-zA-Z]+\\((?:action \\+ |TIMEOUT \\+ )?\"([^\"]+)\"");
    private static final String CODECS = "../codecs/src/main/java/io/strowger/codecs/";
    private static final String ROUTER = "../router-core/src/main/java/io/strowger/router/";

    @Test
    void shouldTellEachOfThem() throws IOException {
        final String document = Files.readString(DOCUMENT).replaceAll("\\s+", " ");
        final List<String> texts = new ArrayList<>(Stream.of(ActionRefusal.values()).map(ActionRefusal::words).toList());
        texts.addAll(found(13, FAILURE, ROUTER + "core/ActionFailure.java"));
        texts.addAll(found(2, OF_REFUSALS, ROUTER + "action/RefusalTexts.java"));
        texts.addAll(found(1, UNTAKEN, ROUTER + "action/ActionDesk.java"));
        texts.addAll(found(2, OF_CONNECTION, CODECS + "action/ActionConnection.java"));
        texts.addAll(found(3, OF_CONNECTION, CODECS + "ami/AmiReplies.java"));
        texts.addAll(found(1, OF_CONNECTION, CODECS + "esl/EslReplies.java"));
        assertEquals(List.of(), texts.stream().filter(text -> !document.contains('`' + text.strip())).toList());
        texts.clear();
        texts.addAll(found(7, PROBLEM, "src/main/java/io/strowger/ops/gateway/action/Asks.java"));
        texts.addAll(found(4, PROBLEM, "src/main/java/io/strowger/ops/gateway/action/ActionJson.java"));
        texts.addAll(found(1, PROBLEM, "src/main/java/io/strowger/ops/gateway/action/ActionReply.java"));
        texts.add("the end is not known: ask again with the same key");
        assertEquals(List.of(), texts.stream().filter(text -> !document.contains(text.strip())).toList());
    }

    /** At least as many: the test must not go blind. */
    private static List<String> found(final int least, final Pattern pattern, final String file) throws IOException {
        final List<String> all = new ArrayList<>();
        final Matcher matcher = pattern.matcher(Files.readString(Path.of(file)));
        while (matcher.find()) {
            all.add(matcher.group(1));
        }
        assertTrue(all.size() >= least, () -> file + ": " + all);
        return all;
    }
}

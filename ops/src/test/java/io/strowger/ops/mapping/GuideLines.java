package io.strowger.ops.mapping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The signals that the mapping guide shows: together they give every event there is but the result of an action. */
public final class GuideLines {
    private static final Path PAGE = Path.of("docs", "mapping.md");

    private GuideLines() {
    }

    /** The lines of all its examples, in their order. */
    public static List<String> read() throws IOException {
        final List<String> lines = new ArrayList<>();
        boolean isInside = false;
        for (final String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("```")) {
                isInside = "```jsonl".equals(line);
            } else if (isInside) {
                lines.add(line);
            }
        }
        return lines;
    }
}

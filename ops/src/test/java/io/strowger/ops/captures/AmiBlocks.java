package io.strowger.ops.captures;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A plain reading of an AMI stream, made apart from the translator under test: CRLF ends a line, an empty line a block, the last of a
 * repeated key wins.
 */
final class AmiBlocks {
    private AmiBlocks() {
    }

    static List<Map<String, String>> of(final byte[] stream) {
        final List<Map<String, String>> blocks = new ArrayList<>();
        for (final String block : new String(stream, StandardCharsets.UTF_8).split("\r\n\r\n", -1)) {
            final Map<String, String> fields = new HashMap<>();
            for (final String line : block.split("\r\n", -1)) {
                final int colon = line.indexOf(": ");
                if (colon >= 0) {
                    fields.put(line.substring(0, colon), line.substring(colon + 2));
                }
            }
            blocks.add(fields);
        }
        return blocks;
    }
}

package io.strowger.codecs.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * The fields of one block, those that stand in it more than once too.
 */
final class AmiBlockTest {
    /** pains.md A7: each of the repeated lines is kept, in order. */
    @Test
    void shouldKeepEachOfRepeatedLinesInOrder() {
        assertEquals(List.of("Response=Success", "Output=a", "Output=b"), fields("Response: Success", "Output: a", "Output: b"));
    }

    /**
     * pains.md A8: each is kept, in order, also an empty one; a key ends at its colon, so an equals sign is the value's, the first as well
     * as the last.
     */
    @Test
    void shouldKeepRepeatedVariablesWithTheirEmptyValues() {
        assertEquals(List.of("Event=BlindTransfer", "TransfererChanVariable=A=1", "TransfererChanVariable=B=",
            "TransfererChanVariable=CHANNEL(hangupsource)="), fields("Event: BlindTransfer", "TransfererChanVariable: A=1",
            "TransfererChanVariable: B=", "TransfererChanVariable: CHANNEL(hangupsource)="));
    }

    private static List<String> fields(final String... lines) {
        final byte[] bytes = (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        final AmiBlock block = new AmiBlock(false);
        block.load(new UnsafeBuffer(bytes), 0, bytes.length);
        block.parse();
        final List<String> fields = new ArrayList<>();
        for (int i = 0; i < block.count(); i++) {
            fields.add(text(block, block.keyOffset(i), block.keyLength(i)) + '='
                + text(block, block.valueOffset(i), block.valueLength(i)));
        }
        return fields;
    }

    private static String text(final AmiBlock block, final int offset, final int length) {
        return new String(block.bytes(), offset, length, StandardCharsets.US_ASCII);
    }
}

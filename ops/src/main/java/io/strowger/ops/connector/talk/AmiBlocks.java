package io.strowger.ops.connector.talk;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/**
 * Finds in a manager stream the few blocks that concern who is logged in: replies, and the events named below. Of all others it looks at
 * the first line only. A line ends with CR LF, as the translator has it: a lone LF is part of a value, but right behind a line's end it
 * closes the block.
 *
 * <p>One thread. Allocates only for the blocks it tells of.
 */
final class AmiBlocks {
    /** Longest line that is looked at; of a longer one, its beginning. */
    private static final int LONGEST = 512;
    /** Of a block: what is behind them is not kept, as no reply has so many. */
    private static final int MOST_FIELDS = 256;
    private static final String EVENT = "event: ";
    private static final String BOOTED = "fullybooted";
    private static final String COMPLETE = "complete";
    private static final String RESPONSE = "response: ";

    private final Consumer<Map<String, String>> onBlock;
    private final byte[] line = new byte[LONGEST];
    private int length;
    private boolean hasReturn;
    private boolean isFirst = true;
    /** Null in a block that concerns nobody here. */
    private Map<String, String> fields;

    /**
     * At the start of a block.
     *
     * @param onBlock takes the fields of a block, by their names in small letters.
     */
    AmiBlocks(final Consumer<Map<String, String>> onBlock) {
        this.onBlock = onBlock;
    }

    /** Looks at the next bytes. */
    void onBytes(final DirectBuffer bytes, final int from, final int end) {
        for (int i = from; i < end; i++) {
            final byte value = bytes.getByte(i);
            if (value == '\n' && (hasReturn || 0 == length)) {
                hasReturn = false;
                endLine();
            } else {
                if (hasReturn) {
                    keep((byte)'\r');
                }
                hasReturn = value == '\r';
                if (!hasReturn) {
                    keep(value);
                }
            }
        }
    }

    private void keep(final byte value) {
        if (length < LONGEST) {
            line[length] = value;
        }
        length++;
    }

    private void endLine() {
        if (0 == length) {
            endBlock();
        } else if (isFirst) {
            isFirst = false;
            begin(text());
        } else if (null != fields) {
            put(text());
        }
        length = 0;
    }

    private void begin(final String first) {
        final String small = first.toLowerCase(Locale.ROOT);
        final boolean isEvent = small.startsWith(EVENT) && (small.endsWith(BOOTED) || small.endsWith(COMPLETE));
        fields = isEvent || small.startsWith(RESPONSE) ? new HashMap<>() : null;
        if (null != fields) {
            put(first);
        }
    }

    private void put(final String text) {
        final int colon = text.indexOf(':');
        if (colon > 0 && fields.size() < MOST_FIELDS) {
            fields.putIfAbsent(text.substring(0, colon).toLowerCase(Locale.ROOT), text.substring(colon + 1).strip());
        }
    }

    private void endBlock() {
        final Map<String, String> block = fields;
        fields = null;
        isFirst = true;
        if (null != block) {
            onBlock.accept(block);
        }
    }

    private String text() {
        return new String(line, 0, Math.min(length, LONGEST), StandardCharsets.UTF_8);
    }
}

package io.strowger.codecs.esl;

import io.strowger.codecs.translate.AsciiText;
import io.strowger.codecs.translate.NameTable;

/**
 * Reads what the server answers to {@code show channels} and {@code show calls}, row by row, in both forms.
 *
 * <pre>
 *   uuid,direction,created,...        {"row_count":2,"rows":[
 *   5d45...,inbound,2026-11-26 ...      {"uuid":"5d45...", ...},
 *   7cf7...,outbound,...                {"uuid":"7cf7...", ...}
 *                                     ]}
 *   2 total.
 * </pre>
 *
 * <p>Recognised by its shape, whoever asked. One thread; allocates nothing.
 */
final class ShowRows {
    private static final byte[] FIRST_COLUMN = AsciiText.bytes("uuid,");
    private static final byte[] SECOND_LEG = AsciiText.bytes("b_uuid");
    private static final byte[] NOTHING = AsciiText.bytes("0 total.");
    private static final byte[] ROW_COUNT = AsciiText.bytes("{\"row_count\":");
    private static final byte[] ROWS = AsciiText.bytes("\"rows\":[");
    private static final byte[] TOTAL = AsciiText.bytes(" total.");
    private static final int MAX_COLUMNS = 128;
    private static final int NOT_STATED = -1;

    private final EslFields row = new EslFields(ShowColumn.names());
    private final JsonScanner json = new JsonScanner();
    private final int[] columns = new int[MAX_COLUMNS];
    private int columnCount;
    private byte[] bytes;
    private int at;
    private int end;
    private int rowStart;
    private boolean isJson;
    private boolean hasPairs;
    private boolean isEmpty;
    private int rowCount;
    private int stated;

    /** The values of the row. */
    EslFields row() {
        return row;
    }

    /** Whether the rows are pairs of legs. */
    boolean hasPairs() {
        return hasPairs;
    }

    /** Whether there is no row, so that the list does not tell what it is of. */
    boolean isEmpty() {
        return isEmpty;
    }

    /** Where the row begins in the body's bytes. */
    int rowStart() {
        return rowStart;
    }

    /**
     * Begins with a body.
     *
     * @param body   holds it and {@link NameTable#PADDING} bytes behind it.
     * @return whether it is such a list.
     */
    boolean begin(final byte[] body, final int offset, final int length) {
        bytes = body;
        at = offset;
        end = offset + length;
        columnCount = 0;
        isEmpty = false;
        rowCount = 0;
        stated = NOT_STATED;
        skipLineEnds();
        if (starts(NOTHING)) {
            isEmpty = true;
            at = end;
            return true;
        }
        isJson = starts(ROW_COUNT);
        return isJson ? beginJson() : beginColumns();
    }

    /**
     * Reads the next row.
     *
     * @return false when there is none.
     */
    boolean next() {
        if (isEmpty || !(isJson ? nextObject() : nextLine())) {
            return false;
        }
        rowCount++;
        return true;
    }

    /**
     * Whether all rows were read that the server says there are, behind the last one. If not, what was not read may be there all the same.
     */
    boolean isWhole() {
        if (isEmpty) {
            return true;
        }
        return rowCount == (isJson ? stated : total());
    }

    /** The number in {@code 2 total.}, which ends the rows. */
    private int total() {
        skipLineEnds();
        final int lineEnd = lineEnd();
        return find(TOTAL, at, lineEnd) > at ? (int)numberAt(at) : NOT_STATED;
    }

    private long numberAt(final int from) {
        int digits = from;
        while (digits < end && AsciiText.isDigit(bytes[digits])) {
            digits++;
        }
        return AsciiText.number(bytes, from, digits - from, NOT_STATED);
    }

    private boolean beginJson() {
        int count = at + ROW_COUNT.length;
        while (count < end && bytes[count] == ' ') {
            count++;
        }
        stated = (int)numberAt(count);
        final int rows = find(ROWS, at, Math.min(end, at + 64));
        if (rows < 0) {
            isEmpty = 0 == stated;
            return isEmpty;
        }
        at = rows + ROWS.length;
        final int first = at;
        if (json.parse(row, bytes, first, end) < 0) {
            isEmpty = first < end && bytes[first] == ']';
            return isEmpty;
        }
        hasPairs = row.isTold(ShowColumn.SECOND + ShowColumn.UUID);
        return row.has(ShowColumn.UUID);
    }

    private boolean nextObject() {
        while (at < end && (bytes[at] == ',' || bytes[at] == ' ' || bytes[at] == '\n')) {
            at++;
        }
        rowStart = at;
        final int behind = at < end && bytes[at] == '{' ? json.parse(row, bytes, at, end) : -1;
        at = behind < 0 ? end : behind;
        return behind > 0 && row.has(ShowColumn.UUID);
    }

    private boolean beginColumns() {
        if (!starts(FIRST_COLUMN)) {
            return false;
        }
        final int lineEnd = lineEnd();
        hasPairs = find(SECOND_LEG, at, lineEnd) >= 0;
        while (at < lineEnd && columnCount < MAX_COLUMNS) {
            int comma = at;
            while (comma < lineEnd && bytes[comma] != ',' && bytes[comma] != '\r') {
                comma++;
            }
            columns[columnCount++] = row.number(bytes, at, comma - at);
            at = comma + 1;
        }
        at = Math.min(end, lineEnd + 1);
        return true;
    }

    /** A row ends with its line; an empty line ends the rows. */
    private boolean nextLine() {
        final int lineEnd = lineEnd();
        if (lineEnd == at || bytes[at] == '\r' || lineEnd == end) {
            return false;
        }
        rowStart = at;
        row.clear(lineEnd - at);
        int column = 0;
        for (; at < lineEnd; column++) {
            final int field = column < columnCount ? columns[column] : NameTable.NONE;
            row.begin();
            final boolean isQuoted = bytes[at] == '"';
            at += isQuoted ? 1 : 0;
            while (at < lineEnd && !isEndOfValue(isQuoted, lineEnd)) {
                row.append(bytes[at++]);
            }
            at += isQuoted ? 2 : 1;
            if (field >= 0) {
                row.end(field);
            }
        }
        at = lineEnd + 1;
        // a line that holds only a part of its row must not be taken for a leg
        return row.has(ShowColumn.UUID) && column >= columnCount - 1;
    }

    private boolean isEndOfValue(final boolean isQuoted, final int lineEnd) {
        if (isQuoted) {
            return bytes[at] == '"' && (at + 1 == lineEnd || bytes[at + 1] == ',' || bytes[at + 1] == '\r');
        }
        return bytes[at] == ',' || (bytes[at] == '\r' && at + 1 == lineEnd);
    }

    private int lineEnd() {
        int lineEnd = at;
        while (lineEnd < end && bytes[lineEnd] != '\n') {
            lineEnd++;
        }
        return lineEnd;
    }

    private void skipLineEnds() {
        while (at < end && (bytes[at] == '\n' || bytes[at] == '\r')) {
            at++;
        }
    }

    private boolean starts(final byte[] word) {
        return AsciiText.beginsIgnoringCase(bytes, at, end - at, word);
    }

    private int find(final byte[] word, final int from, final int to) {
        for (int i = from; i + word.length <= to; i++) {
            if (AsciiText.equals(bytes, i, word.length, word)) {
                return i;
            }
        }
        return -1;
    }
}

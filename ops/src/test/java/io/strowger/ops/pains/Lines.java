package io.strowger.ops.pains;

/**
 * Signals as JSON lines, with apostrophes for quotes.
 */
final class Lines {
    private Lines() {
    }

    /** A signal of a template, with the fields of its data. */
    static String signal(final String template, final String data) {
        return ("{'specversion':'1.0','type':'signal." + template + "','time':'2026-11-25T16:00:00Z','data':{" + data + "}}")
            .replace('\'', '"');
    }

    /** A leg is seen; more data begins with a comma. */
    static String seen(final String id, final String user, final String more) {
        return signal("leg-seen", "'nativeId':'" + id + "','user':'" + user + "','direction':'outgoing','legState':'ring',"
            + "'legKind':'device'" + more);
    }

    /** A leg is gone. */
    static String hangup(final String id) {
        return signal("hangup", "'nativeId':'" + id + "','causeCode':16");
    }

    /** A list of legs that holds these. */
    static String[] legs(final String... ids) {
        final String[] lines = new String[ids.length + 2];
        lines[0] = signal("source-snapshot-begin", "'listKind':'legs','media':'call','listId':'l'");
        for (int i = 0; i < ids.length; i++) {
            lines[i + 1] = signal("source-snapshot-item", "'listKind':'legs','media':'call','listId':'l','legState':'up',"
                + "'legKind':'device','nativeId':'" + ids[i] + "'");
        }
        lines[ids.length + 1] = signal("source-snapshot-end", "'listKind':'legs','listId':'l','items':" + ids.length);
        return lines;
    }
}

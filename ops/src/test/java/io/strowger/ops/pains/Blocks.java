package io.strowger.ops.pains;

/**
 * Blocks of an Asterisk server, with LF for line ends.
 */
final class Blocks {
    private Blocks() {
    }

    /** A leg is created. */
    static String created(final String user, final String id, final String call) {
        return leg("Newchannel", user, id, call, 0);
    }

    /** A leg rings or is up: 5 or 6. */
    static String state(final String user, final String id, final String call, final int state) {
        return leg("Newstate", user, id, call, state);
    }

    /** A leg is gone. */
    static String hangup(final String user, final String id, final String call) {
        return event("Hangup", fields("", user, id, call, 4), "Cause: 16", "Cause-txt: Normal Clearing");
    }

    /** An event of a leg. */
    static String leg(final String name, final String user, final String id, final String call, final int state) {
        return event(name, fields("", user, id, call, state));
    }

    /** An event, its fields line by line. */
    static String event(final String name, final String... lines) {
        return "Event: " + name + "\nPrivilege: call,all\n" + String.join("\n", lines) + "\n\n";
    }

    /** A block without anything added. */
    static String block(final String... lines) {
        return String.join("\n", lines) + "\n\n";
    }

    /** The fields of a leg. */
    static String fields(final String prefix, final String user, final String id, final String call, final int state) {
        return String.join("\n" + prefix, prefix + "Channel: PJSIP/" + user + "-0000000" + id.charAt(id.length() - 1),
            "ChannelState: " + state, "CallerIDNum: " + user, "CallerIDName: User " + user, "ConnectedLineNum: <unknown>",
            "ConnectedLineName: <unknown>", "Exten: 102", "Uniqueid: " + id, "Linkedid: " + call);
    }
}

package io.strowger.codecs.esl;

import java.util.ArrayList;
import java.util.List;

/**
 * The columns of a list of channels or calls that are read, as numbers. Those of a call's second leg are the same behind {@link #SECOND}.
 */
final class ShowColumn {
    static final int UUID = 0;
    static final int DIRECTION = 1;
    static final int CREATED = 2;
    static final int NAME = 3;
    static final int CALLER_NUMBER = 4;
    static final int CALLER_NAME = 5;
    static final int CALLEE_NUMBER = 6;
    static final int CALLEE_NAME = 7;
    static final int PRESENCE_ID = 8;
    static final int CALL_STATE = 9;
    /** How many columns a leg has: the second leg's begin here. */
    static final int SECOND = 10;
    static final int CALL_UUID = 20;

    private static final String[] OF_A_LEG = {
        "uuid", "direction", "created_epoch", "name", "cid_num", "cid_name", "callee_num", "callee_name", "presence_id", "callstate"};

    private ShowColumn() {
    }

    /** The names in the order of their numbers. */
    static List<String> names() {
        final List<String> names = new ArrayList<>(List.of(OF_A_LEG));
        for (final String name : OF_A_LEG) {
            names.add("b_" + name);
        }
        names.add("call_uuid");
        return names;
    }
}

package io.strowger.router.core;

/**
 * Numbers by which a written state is taken apart. They are part of the snapshot format.
 */
final class StatePart {
    /** Version of the format; another one is not read. */
    static final int VERSION = 2;

    static final int SOURCES = 1;
    static final int DIRECTORY = 2;
    static final int SESSIONS = 3;
    static final int ENDED_SESSIONS = 4;
    static final int TURNS = 5;
    static final int ACTIONS = 6;

    /** What an entry is: nothing more comes. */
    static final int END = 0;
    static final int SESSION = 1;
    static final int CALL = 2;
    static final int BRIDGE = 3;

    private StatePart() {
    }
}

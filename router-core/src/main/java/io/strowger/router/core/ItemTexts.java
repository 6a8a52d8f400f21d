package io.strowger.router.core;

/**
 * Where a template without a session keeps its var-data: indices, -1 for what it has not.
 */
record ItemTexts(int nativeId, int callId, int user, int remoteParty, int remoteName) {
    static final ItemTexts MESSAGE = new ItemTexts(0, -1, 1, 2, 3);
    static final ItemTexts HISTORY = new ItemTexts(0, 1, 2, 3, 4);
}

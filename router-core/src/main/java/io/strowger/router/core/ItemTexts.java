package io.strowger.router.core;

/**
 * Where a template keeps its var-data about somebody: indices, -1 for what it has not.
 */
record ItemTexts(int nativeId, int callId, int user, int remoteParty, int remoteName) {
    /** Chats, faxes, shared screens. */
    static final ItemTexts SESSION = new ItemTexts(0, 1, 2, 3, 4);
    /** Items of lists. */
    static final ItemTexts LISTED = new ItemTexts(Fact.NATIVE_ID, Fact.CALL_ID, Fact.USER, Fact.REMOTE_PARTY, Fact.REMOTE_NAME);
    static final ItemTexts MESSAGE = new ItemTexts(0, -1, 1, 2, 3);
    static final ItemTexts HISTORY = new ItemTexts(0, 1, 2, 3, 4);
}

package io.strowger.router.core;

import io.strowger.codecs.action.ActionFields;
import io.strowger.codecs.sbe.ActionKind;

/**
 * Where each kind of action keeps its texts: their place among the var-data of its template, in the order of the schema.
 */
final class ActionTexts {
    /** Template of the first kind; the others follow in the order of the kinds. */
    static final int FIRST_TEMPLATE = ActionFields.FIRST_TEMPLATE;

    /** Template of the last kind. */
    static final int LAST_TEMPLATE = ActionFields.LAST_TEMPLATE;

    /** The kind has no such text. */
    static final int NONE = -1;

    private static final ActionTexts[] OF_KIND = {
        ofUser(NONE, 5), ofLeg(3, NONE, 4), ofLeg(3, NONE, 4), ofLeg(3, NONE, 5), ofLeg(3, NONE, 5), ofLeg(3, 4, 5),
        ofLeg(NONE, NONE, 4), ofLeg(NONE, NONE, 3), ofUser(NONE, 4), ofUser(NONE, 4), ofUser(3, 4), ofUser(3, 4), ofUser(NONE, 5),
        ofUser(NONE, 5)};

    private final int nativeId;
    private final int clientId;
    private final int user;
    private final int group;
    private final int sourceName;

    private ActionTexts(final int nativeId, final int clientId, final int user, final int group, final int sourceName) {
        this.nativeId = nativeId;
        this.clientId = clientId;
        this.user = user;
        this.group = group;
        this.sourceName = sourceName;
    }

    private static ActionTexts ofUser(final int group, final int sourceName) {
        return new ActionTexts(NONE, 0, 2, group, sourceName);
    }

    private static ActionTexts ofLeg(final int user, final int group, final int sourceName) {
        return new ActionTexts(0, 1, user, group, sourceName);
    }

    static boolean isAction(final int template) {
        return template >= FIRST_TEMPLATE && template <= LAST_TEMPLATE;
    }

    /** The texts of a kind, a code of {@link ActionKind}. */
    static ActionTexts of(final int kind) {
        return OF_KIND[kind];
    }

    /** Of the leg or chat that it is done to, or {@link #NONE} for kinds that are done to a user. */
    int nativeId() {
        return nativeId;
    }

    int clientId() {
        return clientId;
    }

    /** The idempotency key. */
    int key() {
        return clientId + 1;
    }

    int user() {
        return user;
    }

    int group() {
        return group;
    }

    int sourceName() {
        return sourceName;
    }
}

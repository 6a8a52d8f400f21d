package io.strowger.codecs.esl;

import io.strowger.codecs.action.ActionConnectionContract;

/**
 * The contract of actions, on the connection to a FreeSWITCH server.
 */
final class EslActionsTest extends ActionConnectionContract {
    EslActionsTest() {
        super(new EslDialect());
    }
}

package io.strowger.codecs.ami;

import io.strowger.codecs.action.ActionConnectionContract;

/**
 * The contract of actions, on the connection to an Asterisk server.
 */
final class AmiActionsTest extends ActionConnectionContract {
    AmiActionsTest() {
        super(new AmiDialect());
    }
}

package io.strowger.codecs.ami;

import io.strowger.codecs.action.ReplyMatchingContract;

/**
 * The contract of replies without an id, on the connection to an Asterisk server.
 */
final class AmiReplyMatchingTest extends ReplyMatchingContract {
    AmiReplyMatchingTest() {
        super(new AmiDialect());
    }
}

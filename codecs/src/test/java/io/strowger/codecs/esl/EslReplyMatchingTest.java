package io.strowger.codecs.esl;

import io.strowger.codecs.action.ReplyMatchingContract;

/**
 * The contract of replies without an id, on the connection to a FreeSWITCH server.
 */
final class EslReplyMatchingTest extends ReplyMatchingContract {
    EslReplyMatchingTest() {
        super(new EslDialect());
    }
}

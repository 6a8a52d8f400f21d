package io.strowger.codecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.codecs.sbe.SourceHelloDecoder;
import org.junit.jupiter.api.Test;

/**
 * The facts of a connection itself.
 */
final class ConnectionFactsTest {
    private final SourceHelloDecoder hello = new SourceHelloDecoder();

    private boolean say(final ConnectionFacts facts) {
        return facts.connected(0, 1, true, (buffer, offset, length) -> {
            hello.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            return true;
        });
    }

    @Test
    void shouldSayWhatTheSourceCanCarryOut() {
        final ConnectionFacts facts = new ConnectionFacts(3, 7, "pbx-1", "ami");
        assertTrue(say(facts));
        assertEquals(0, hello.capabilities().getRaw());
        assertTrue(say(facts.capabilities(0b101)));
        assertTrue(hello.capabilities().generateCall());
        assertFalse(hello.capabilities().answer());
        assertTrue(hello.capabilities().hangUp());
        assertEquals("pbx-1", hello.sourceName());
    }
}

package io.strowger.ops.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class PeerAddressTest {
    @Test
    void shouldShortenTheLongestRunOfZeros() {
        assertEquals("::1", PeerAddress.shortened("0:0:0:0:0:0:0:1"));
        assertEquals("::", PeerAddress.shortened("0:0:0:0:0:0:0:0"));
        assertEquals("2001:db8::1", PeerAddress.shortened("2001:db8:0:0:0:0:0:1"));
        assertEquals("2001:0:0:1::10", PeerAddress.shortened("2001:0:0:1:0:0:0:10"));
        assertEquals("fe80::", PeerAddress.shortened("fe80:0:0:0:0:0:0:0"));
        assertEquals("2001:db8:1:2:3:4:5:6", PeerAddress.shortened("2001:db8:1:2:3:4:5:6"));
    }

    @Test
    void shouldLeaveOtherThingsAsTheyAre() {
        assertEquals("127.0.0.1", PeerAddress.shortened("127.0.0.1"));
        assertEquals("", PeerAddress.shortened(""));
        assertNull(PeerAddress.shortened(null));
    }
}

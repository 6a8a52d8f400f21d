package io.strowger.codecs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class Xxh64Test {
    @Test
    void shouldGiveTheValuesOfTheReferenceImplementation() {
        assertEquals(0xEF46DB3751D8E999L, hash("", 0));
        assertEquals(0xD24EC4F1A98C6E5BL, hash("a", 0));
        assertEquals(0x44BC2CF5AD770999L, hash("abc", 0));
        assertEquals(0xFBCEA83C8A378BF1L, hash("Nobody inspects the spammish repetition", 0));
    }

    @Test
    void shouldDependOnSeedAndEveryByte() {
        assertEquals(hash("0123456789012345678901234567890123456789", 7), hash("0123456789012345678901234567890123456789", 7));
        assertEquals(false, hash("abcdefgh", 1) == hash("abcdefgh", 2));
        assertEquals(false, hash("abcdefgh", 1) == hash("abcdefgx", 1));
    }

    private static long hash(final String text, final long seed) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Xxh64.hash(new UnsafeBuffer(bytes), 0, bytes.length, seed);
    }
}

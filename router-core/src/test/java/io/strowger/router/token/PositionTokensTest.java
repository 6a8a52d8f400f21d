package io.strowger.router.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * A token leads its tenant back to its event, and nobody else anywhere.
 */
class PositionTokensTest {
    private static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final PositionTokens tokens = new PositionTokens(KEY);

    @Property
    void shouldLeadBackAndBeTheSameEachTime(@ForAll final long sequence, @ForAll final int tenant) {
        final String token = tokens.token(sequence, tenant);
        assertEquals(PositionTokens.TOKEN_LENGTH, token.length());
        assertEquals(sequence, tokens.sequence(token, tenant));
        assertEquals(token, new PositionTokens(KEY).token(sequence, tenant));
    }

    @Property
    void shouldBeOfNoUseToAnotherTenant(@ForAll final long sequence, @ForAll final int tenant, @ForAll final int other) {
        final String token = tokens.token(sequence, tenant);
        if (tenant != other) {
            assertNotEquals(token, tokens.token(sequence, other));
            assertThrows(TokenException.class, () -> tokens.sequence(token, other));
        }
    }

    @Property
    void shouldRefuseATokenThatWasChanged(@ForAll final long seed) {
        final Random random = new Random(seed);
        final StringBuilder token = new StringBuilder(tokens.token(random.nextLong(), 1));
        final int place = random.nextInt(token.length());
        final char before = token.charAt(place);
        token.setCharAt(place, 'A' == before ? 'B' : 'A');
        assertThrows(TokenException.class, () -> tokens.sequence(token.toString(), 1));
    }

    @Test
    void shouldRefuseWhatIsNoToken() {
        for (final String text : new String[] {"", "42", "=".repeat(22), "\u20ac".repeat(22), "A".repeat(22), "A".repeat(1_000)}) {
            assertThrows(TokenException.class, () -> tokens.sequence(text, 1), text);
        }
    }

    @Test
    void shouldTellNothingOfTheOrder() {
        final Set<String> beginnings = new HashSet<>();
        for (long sequence = 1; sequence <= 1_000; sequence++) {
            beginnings.add(tokens.token(sequence, 1).substring(0, 8));
        }
        assertEquals(1_000, beginnings.size());
    }

    @Test
    void shouldNotTakeAKeyOfAnotherLength() {
        assertThrows(IllegalArgumentException.class, () -> new PositionTokens(new byte[8]));
    }
}

package io.strowger.router.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.state.Slabs;
import org.junit.jupiter.api.Test;

/**
 * Calls that are part of each other: a chain is walked once, and nothing of it stays when nobody refers to it.
 */
final class CallsTest {
    private static final int LENGTH = 50;

    private final Calls calls = new Calls(new Slabs(), 100, 7);
    private final int[] chain = new int[LENGTH];

    @Test
    void shouldLetEachCallOfAChainPointToTheLastOnceItWasWalked() {
        make();
        assertEquals(chain[LENGTH - 1], calls.shorten(chain[0]));
        for (int i = 0; i < LENGTH - 1; i++) {
            assertEquals(chain[LENGTH - 1], calls.partOf(chain[i]), "call " + i);
        }
        for (int i = 0; i < LENGTH; i++) {
            calls.leave(chain[i]);
        }
        assertEquals(0, calls.slots());
    }

    @Test
    void shouldForgetTheCallsOfAChainThatNobodyElseRefersToWhenItIsShortened() {
        make();
        for (int i = 1; i < LENGTH - 1; i++) {
            calls.leave(chain[i]);
        }
        final int last = calls.shorten(chain[0]);
        assertEquals(chain[LENGTH - 1], last);
        assertEquals(last, calls.resolve(chain[0]));
        calls.leave(chain[0]);
        assertTrue(calls.isAlone(last));
        calls.leave(last);
        assertEquals(0, calls.slots());
    }

    /** Each call becomes part of the next, as when each leg names one that comes later. */
    private void make() {
        for (int i = 0; i < LENGTH; i++) {
            chain[i] = calls.join(1, fact("c" + i), Fact.CALL_ID);
        }
        for (int i = 0; i < LENGTH - 1; i++) {
            calls.merge(chain[i], chain[i + 1]);
        }
    }

    private static Fact fact(final String call) {
        final Signal signal = FoldHarness.seen("x", call);
        final Fact fact = new Fact();
        final int length = signal.length();
        fact.wrap(signal.buffer(), 0, length, 0);
        return fact;
    }
}

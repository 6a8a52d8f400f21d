package io.strowger.ops.receiver.way;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What comes again is known, and costs little until then. */
class RepeatsTest {
    private static final int MOST = 256;
    private static final int LONG = 64 * 1024;

    private final Repeats repeats = new Repeats();

    @Test
    void shouldKnowARequestOnceWhenItComesAgain() {
        untold("a", 1);
        untold("b", 2);
        assertNull(repeats.take(bytes("c")));
        assertEquals(2, repeats.take(bytes("b")).last());
        assertNull(repeats.take(bytes("b")), "that is told now");
        assertEquals(1, repeats.take(bytes("a")).first());
    }

    @Test
    void shouldKnowTheYoungestWhenTheyAreTooMany() {
        for (int i = 0; i <= MOST; i++) {
            untold("n" + i, i);
        }
        assertNull(repeats.take(bytes("n0")));
        assertNotNull(repeats.take(bytes("n1")));
    }

    @Test
    void shouldForgetWhatWasRefusedAfterwards() {
        untold("a", 1);
        untold("b", 2);
        repeats.refused(1);
        assertNull(repeats.take(bytes("a")));
        repeats.refusedSome();
        assertNull(repeats.take(bytes("b")));
    }

    @Test
    void shouldNotHoldARequestWhileItIsRemembered() {
        final WeakReference<byte[]> request = untoldLong();
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (null != request.get()) {
            assertTrue(System.nanoTime() < endNs, "64 KiB are held");
            System.gc();
            LockSupport.parkNanos(1_000_000);
        }
        assertNotNull(repeats.take(new byte[LONG]));
    }

    private WeakReference<byte[]> untoldLong() {
        final byte[] request = new byte[LONG];
        repeats.untold(new Waiting.One(1, 1, request, Answer.OK, answer -> false, 0));
        return new WeakReference<>(request);
    }

    private void untold(final String request, final long sequence) {
        repeats.untold(new Waiting.One(sequence, sequence, bytes(request), Answer.OK, answer -> false, 0));
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

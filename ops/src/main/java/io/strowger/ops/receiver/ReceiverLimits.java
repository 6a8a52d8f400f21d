package io.strowger.ops.receiver;

import java.time.Duration;

/**
 * What those who come may cost at most.
 *
 * @param connections   most at a time.
 * @param perAddress    most of them from one address.
 * @param requests      most on one connection, then it ends.
 * @param bodyBytes     longest body of a request, from 512.
 * @param whole         in which a request must be whole, from its first byte on; and a connection must bring its first byte.
 * @param idle          after which a connection without a request ends.
 * @param answer        after which who waits for the journal is told that it is not known whether it has the request.
 */
public record ReceiverLimits(int connections, int perAddress, int requests, int bodyBytes, Duration whole, Duration idle,
                             Duration answer) {
    /** Where nothing else is said. */
    public static final ReceiverLimits DEFAULT = new ReceiverLimits(4_096, 256, 1_000, 64 * 1024, Duration.ofSeconds(10),
        Duration.ofSeconds(30), Duration.ofSeconds(5));

    /** Checks that each is of use. */
    public ReceiverLimits {
        if (connections < 1 || perAddress < 1 || requests < 1 || bodyBytes < 512) {
            throw new IllegalArgumentException("a limit is too small");
        }
    }
}

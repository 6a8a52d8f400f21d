package io.strowger.bench.subscribe;

import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.router.dispatch.Tap;
import io.strowger.router.record.RecordLayout;
import org.agrona.DirectBuffer;

/**
 * Which events each user has: their number, and a hash over their sequences in order, so that a hole, a repeat and a wrong order all show.
 * Events without a user are passed over. Written by the core thread; read by others once the router stands still.
 */
final class UserTally implements Tap {
    private static final long PRIME = 0x100000001B3L;

    private final EventDecoder event = new EventDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final byte[] name = new byte[32];
    private final long[] counts;
    private final long[] hashes;

    UserTally(final int users) {
        counts = new long[users];
        hashes = new long[users];
    }

    @Override
    public void onEvent(final DirectBuffer block, final int record) {
        event.wrapAndApplyHeader(block, RecordLayout.eventOffset(block, record), header);
        event.skipNativeId();
        event.skipCallId();
        final int length = event.getLocalUser(name, 0, name.length);
        if (length > 0) {
            int user = 0;
            for (int i = 1; i < length; i++) {
                user = 10 * user + name[i] - '0';
            }
            counts[user]++;
            hashes[user] = mix(hashes[user], RecordLayout.sequence(block, record));
        }
    }

    /** Hash of what a user has had, and one more. */
    static long mix(final long hash, final long sequence) {
        return (hash ^ sequence) * PRIME;
    }

    /** How many events a user has. */
    long count(final int user) {
        return counts[user];
    }

    /** Hash over the sequences of a user's events. */
    long hash(final int user) {
        return hashes[user];
    }
}

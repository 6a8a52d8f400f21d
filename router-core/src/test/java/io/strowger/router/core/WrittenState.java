package io.strowger.router.core;

import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * A state as it is written.
 */
final class WrittenState {
    private final List<byte[]> chunks = new ArrayList<>();

    WrittenState(final Core core) {
        core.write(new StateOutput((buffer, offset, length) -> {
            final byte[] chunk = new byte[length];
            buffer.getBytes(offset, chunk);
            chunks.add(chunk);
        }));
    }

    StateInput input() {
        final Iterator<byte[]> rest = chunks.iterator();
        return new StateInput(chunk -> {
            if (!rest.hasNext()) {
                return false;
            }
            chunk.wrap(rest.next());
            return true;
        });
    }

    /** The last chunk lacks so many bytes. */
    WrittenState cut(final int bytes) {
        final byte[] last = chunks.remove(chunks.size() - 1);
        chunks.add(Arrays.copyOf(last, last.length - bytes));
        return this;
    }

    /** Another byte stands at a place of the first chunk. */
    WrittenState changed(final int place, final int by) {
        chunks.get(0)[place] += (byte)by;
        return this;
    }

    /** Another number stands at a place of the first chunk. */
    WrittenState with(final int place, final int number) {
        ByteBuffer.wrap(chunks.get(0)).order(ByteOrder.LITTLE_ENDIAN).putInt(place, number);
        return this;
    }

    int length() {
        return chunks.stream().mapToInt(chunk -> chunk.length).sum();
    }

    boolean equalTo(final WrittenState other) {
        return Arrays.deepEquals(chunks.toArray(), other.chunks.toArray());
    }
}

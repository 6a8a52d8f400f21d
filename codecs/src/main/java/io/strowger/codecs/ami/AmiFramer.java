package io.strowger.codecs.ami;

import io.strowger.codecs.translate.Framer;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Cuts a stream that comes in pieces into blocks. A block that lies within one piece is shown where it is; one that spans pieces is put
 * together in a buffer of the framer's own.
 *
 * <pre>
 *   piece 1                         piece 2
 *   |-- block --|-- block --|-- bl  ock --|-- block --|
 *    shown in    shown in    put together  shown in
 *    piece 1     piece 1                   piece 2
 * </pre>
 *
 * <p>A block longer than the limit is not kept: its first {@link #HEAD_LENGTH} bytes are, and it ends at the next empty line whatever it
 * is, so that the stream goes on.
 */
final class AmiFramer implements Framer {
    /** Bytes that are kept of a block that is too long. */
    static final int HEAD_LENGTH = 256;

    private static final int FIRST_CAPACITY = 8192;
    private static final int FIRST_GRAB = 1024;

    private final AmiBoundary boundary;
    private final boolean bare;
    private final int maxBlockLength;
    private byte[] carryBytes = new byte[FIRST_CAPACITY];
    private final UnsafeBuffer carry = new UnsafeBuffer(carryBytes);
    private int carried;

    private boolean skipping;
    private int lineEnds;

    private DirectBuffer block;
    private int blockOffset;
    private int blockLength;
    private boolean tooLong;
    private boolean ready;

    /**
     * A framer at the start of a stream.
     *
     * @param bareLineFeedEndsLine whether an LF without a CR ends a line.
     * @param maxBlockLength       in bytes.
     */
    AmiFramer(final boolean bareLineFeedEndsLine, final int maxBlockLength) {
        this.boundary = new AmiBoundary(bareLineFeedEndsLine);
        this.bare = bareLineFeedEndsLine;
        this.maxBlockLength = maxBlockLength;
    }

    @Override
    public void reset() {
        boundary.reset();
        carried = 0;
        skipping = false;
        ready = false;
    }

    @Override
    public int frame(final DirectBuffer bytes, final int offset, final int length) {
        if (ready) {
            begin();
        }
        if (skipping) {
            return skip(bytes, offset, length);
        }
        if (carried > 0) {
            return frameCarried(bytes, offset, length);
        }
        final int visible = Math.min(length, maxBlockLength);
        final int end = boundary.find(bytes, offset, visible);
        if (end != AmiBoundary.NEED_MORE) {
            show(bytes, offset, end);
            return end;
        }
        append(bytes, offset, visible);
        if (carried == maxBlockLength) {
            startSkipping();
        }
        return visible;
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    /** Whether a block ends is seen only at what follows it: that may have come with the piece before. */
    @Override
    public int behind() {
        return block == carry ? carried - blockLength : 0;
    }

    @Override
    public boolean isUnfinished() {
        return !ready && (skipping || carried > 0);
    }

    /**
     * Whether the block is longer than the limit; then only its head is shown.
     */
    boolean isTooLong() {
        return tooLong;
    }

    /**
     * What the block is.
     */
    AmiBoundary.Kind kind() {
        return boundary.kind();
    }

    /**
     * Holds the block.
     */
    DirectBuffer block() {
        return block;
    }

    /**
     * Where the block begins in {@link #block()}.
     */
    int blockOffset() {
        return blockOffset;
    }

    /**
     * How much of the block is shown, in bytes.
     */
    int shownLength() {
        return tooLong ? Math.min(HEAD_LENGTH, blockLength) : blockLength;
    }

    private void begin() {
        ready = false;
        tooLong = false;
        boundary.reset();
        if (block == carry && blockLength < carried) {
            carry.putBytes(0, carry, blockLength, carried - blockLength);
            carried -= blockLength;
        } else {
            carried = 0;
        }
    }

    private int frameCarried(final DirectBuffer bytes, final int offset, final int length) {
        final int before = carried;
        int taken = 0;
        int grab = FIRST_GRAB;
        while (taken < length && carried < maxBlockLength) {
            final int grabbed = Math.min(Math.min(grab, length - taken), maxBlockLength - carried);
            append(bytes, offset + taken, grabbed);
            taken += grabbed;
            grab = carried;
            final int end = boundary.find(carry, 0, carried);
            if (end != AmiBoundary.NEED_MORE) {
                carried = Math.max(end, before);
                show(carry, 0, end);
                return Math.max(end - before, 0);
            }
        }
        if (carried == maxBlockLength) {
            startSkipping();
        }
        return taken;
    }

    private void show(final DirectBuffer bytes, final int offset, final int length) {
        block = bytes;
        blockOffset = offset;
        blockLength = length;
        ready = true;
    }

    private void append(final DirectBuffer bytes, final int offset, final int length) {
        final int wanted = carried + length;
        if (wanted > carryBytes.length) {
            carryBytes = Arrays.copyOf(carryBytes, Math.max(wanted, Math.min(carryBytes.length * 2, maxBlockLength)));
            carry.wrap(carryBytes);
        }
        bytes.getBytes(offset, carryBytes, carried, length);
        carried = wanted;
    }

    /** The empty line may have begun among the bytes already here: the last three tell. */
    private void startSkipping() {
        skipping = true;
        lineEnds = 0;
        for (int i = carried - 3; i < carried; i++) {
            endsSkipped(carryBytes[i]);
        }
    }

    private int skip(final DirectBuffer bytes, final int offset, final int length) {
        for (int i = 0; i < length; i++) {
            if (endsSkipped(bytes.getByte(offset + i))) {
                skipping = false;
                tooLong = true;
                block = carry;
                blockOffset = 0;
                blockLength = carried;
                ready = true;
                return i + 1;
            }
        }
        return length;
    }

    /**
     * Follows line ends byte by byte: 1 behind a CR, 2 behind a line end, 3 behind a line end and a CR.
     *
     * @return whether the byte ends an empty line.
     */
    private boolean endsSkipped(final byte value) {
        if (value == '\n') {
            if (lineEnds >= 2) {
                return true;
            }
            lineEnds = lineEnds == 1 || bare ? 2 : 0;
        } else if (value == '\r') {
            lineEnds = lineEnds == 2 ? 3 : 1;
        } else {
            lineEnds = 0;
        }
        return false;
    }
}

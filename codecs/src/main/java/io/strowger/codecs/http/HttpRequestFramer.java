package io.strowger.codecs.http;

import io.strowger.codecs.translate.AsciiText;
import io.strowger.codecs.translate.Framer;
import org.agrona.DirectBuffer;

/**
 * Finds the requests in the bytes of an HTTP/1 connection, pipelined or not. A body is told by its Content-Length or comes in chunks.
 *
 * <p>A head that is none, one that is too long, or one that leaves the length of its body in doubt ends the stream: it is shown as one
 * malformed request, and what follows is skipped, because nobody can say where the next request begins. A body that is too long is cut and
 * said; the request behind it is found. One thread.
 */
public final class HttpRequestFramer implements Framer {
    /** Longest head in bytes: request line and headers. */
    public static final int MAX_HEAD_LENGTH = 16 * 1024;

    private static final int MAX_CHUNK_LINE = 256;
    private static final int MAX_TRAILER = 8 * 1024;
    private static final int MAX_CHUNK_DIGITS = 8;

    /** What the next byte is. */
    private enum State {
        /** Before a request: empty lines are skipped. */
        START, HEAD, BODY, CHUNK_SIZE, CHUNK_EXTENSION, CHUNK, CHUNK_END, TRAILER, READY,
        /** Skipped. */
        LOST
    }

    private final HttpRequest request = new HttpRequest();
    private final int maxBodyLength;
    private State state = State.START;
    /** Bytes of the body or chunk that are still to come. */
    private long left;
    private int digits;
    private int lineLength;
    private boolean isLost;

    /**
     * A framer at the start of a connection.
     *
     * @param maxBodyLength longest body in bytes that is kept.
     */
    public HttpRequestFramer(final int maxBodyLength) {
        this.maxBodyLength = maxBodyLength;
    }

    /** The request that is ready. */
    public HttpRequest request() {
        return request;
    }

    @Override
    public boolean isReady() {
        return state == State.READY;
    }

    @Override
    public boolean isUnfinished() {
        return state != State.START && state != State.READY && state != State.LOST;
    }

    @Override
    public void reset() {
        request.clear();
        state = State.START;
        isLost = false;
    }

    @Override
    public int frame(final DirectBuffer bytes, final int offset, final int length) {
        if (state == State.READY) {
            request.clear();
            state = isLost ? State.LOST : State.START;
        }
        if (state == State.LOST) {
            return length;
        }
        final int end = offset + length;
        int at = offset;
        while (at < end && state != State.READY) {
            if (state == State.BODY || state == State.CHUNK) {
                at += body(bytes, at, end - at);
            } else {
                next(bytes.getByte(at++));
            }
        }
        return at - offset;
    }

    private void next(final byte value) {
        switch (state) {
            case START -> {
                if (value != '\r' && value != '\n') {
                    state = State.HEAD;
                    request.append(value);
                }
            }
            case HEAD -> head(value);
            case CHUNK_SIZE -> chunkSize(value);
            case CHUNK_EXTENSION -> chunkExtension(value);
            case CHUNK_END -> chunkEnd(value);
            case TRAILER -> trailer(value);
            default -> throw new IllegalStateException(state.name());
        }
    }

    private void head(final byte value) {
        request.append(value);
        if (value == '\n' && request.endsHead()) {
            if (!request.readHead()) {
                lose();
            } else if (request.isChunked()) {
                chunkLine();
            } else {
                left = request.contentLength();
                state = left == 0 ? State.READY : State.BODY;
            }
        } else if (request.length() > MAX_HEAD_LENGTH) {
            lose();
        }
    }

    private int body(final DirectBuffer bytes, final int offset, final int length) {
        final int moved = (int)Math.min(left, length);
        final int kept = Math.min(moved, maxBodyLength - request.bodyLength());
        request.append(bytes, offset, kept);
        if (kept < moved) {
            request.tooLarge();
        }
        left -= moved;
        if (left == 0) {
            state = state == State.BODY ? State.READY : State.CHUNK_END;
        }
        return moved;
    }

    private void chunkLine() {
        state = State.CHUNK_SIZE;
        left = 0;
        digits = 0;
        lineLength = 0;
    }

    private void chunkSize(final byte value) {
        final int digit = AsciiText.hex(value);
        if (digit >= 0 && digits < MAX_CHUNK_DIGITS) {
            left = (left << 4) | digit;
            digits++;
        } else if (digits == 0 || digit >= 0) {
            lose();
        } else {
            state = State.CHUNK_EXTENSION;
            chunkExtension(value);
        }
    }

    private void chunkExtension(final byte value) {
        if (value == '\n') {
            lineLength = 0;
            digits = 0;
            state = left == 0 ? State.TRAILER : State.CHUNK;
        } else if (++lineLength > MAX_CHUNK_LINE) {
            lose();
        }
    }

    private void chunkEnd(final byte value) {
        if (value == '\n') {
            chunkLine();
        } else if (value != '\r') {
            lose();
        }
    }

    /** Headers behind the last chunk are of no use; an empty line ends them. {@code digits} counts the bytes of the line. */
    private void trailer(final byte value) {
        if (++lineLength > MAX_TRAILER) {
            lose();
        } else if (value == '\n') {
            if (digits == 0) {
                state = State.READY;
            }
            digits = 0;
        } else if (value != '\r') {
            digits++;
        }
    }

    private void lose() {
        request.malformed();
        isLost = true;
        state = State.READY;
    }
}

package io.strowger.codecs.kamailio;

import io.strowger.codecs.http.HttpRequest;
import io.strowger.codecs.http.HttpRequestFramer;
import io.strowger.codecs.translate.AsciiText;
import io.strowger.codecs.translate.Framer;
import org.agrona.DirectBuffer;

/**
 * Netstrings or HTTP requests: the first byte of a connection tells, a digit begins a netstring, a letter a request. One thread.
 */
final class KamailioFramer implements Framer {
    private final NetstringFramer netstrings;
    private final HttpRequestFramer requests;
    private Framer chosen;

    /**
     * A framer at the start of a connection.
     *
     * @param maxLength longest JSON in bytes.
     */
    KamailioFramer(final int maxLength) {
        netstrings = new NetstringFramer(maxLength);
        requests = new HttpRequestFramer(maxLength);
    }

    /** Whether the block that is ready is an HTTP request. */
    boolean isHttp() {
        return chosen == requests;
    }

    /** The block that is ready, when it is a netstring. */
    NetstringFramer netstring() {
        return netstrings;
    }

    /** The block that is ready, when it is an HTTP request. */
    HttpRequest request() {
        return requests.request();
    }

    @Override
    public int frame(final DirectBuffer bytes, final int offset, final int length) {
        if (chosen == null) {
            final byte first = AsciiText.lower(bytes.getByte(offset));
            if (first == '\r' || first == '\n') {
                return 1;
            }
            chosen = first >= 'a' && first <= 'z' ? requests : netstrings;
        }
        return chosen.frame(bytes, offset, length);
    }

    @Override
    public boolean isReady() {
        return chosen != null && chosen.isReady();
    }

    @Override
    public boolean isUnfinished() {
        return chosen != null && chosen.isUnfinished();
    }

    @Override
    public void reset() {
        netstrings.reset();
        requests.reset();
        chosen = null;
    }
}

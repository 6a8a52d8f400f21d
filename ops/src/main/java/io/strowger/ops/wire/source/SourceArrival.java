package io.strowger.ops.wire.source;

import io.strowger.ops.access.FloodException;
import io.strowger.ops.wire.FrameHandler;
import io.strowger.ops.wire.Frames;
import io.strowger.ops.wire.Opening;
import io.strowger.ops.wire.OpeningAnswer;
import io.strowger.ops.wire.OpeningKind;
import io.strowger.ops.wire.PeerNames;
import io.vertx.core.net.NetSocket;
import org.agrona.DirectBuffer;

/**
 * A connection that nobody has said yet whose it is. On the port's loop.
 */
final class SourceArrival implements FrameHandler {
    private static final System.Logger LOG = System.getLogger(SourceArrival.class.getName());

    private final SourcePort port;
    private final NetSocket socket;
    private final Frames frames;
    private final long sinceNs;

    SourceArrival(final SourcePort port, final NetSocket socket, final long nowNs) {
        this.port = port;
        this.socket = socket;
        this.frames = new Frames(port.vertx(), socket, this);
        this.sinceNs = nowNs;
    }

    Frames frames() {
        return frames;
    }

    /** Whether it has taken too long. */
    boolean isLate(final long nowNs, final long limitNs) {
        return nowNs - sinceNs > limitNs;
    }

    /** It is not let in. */
    void refuse(final OpeningAnswer why) {
        LOG.log(System.Logger.Level.DEBUG, () -> address() + ": not let in: " + why.text());
        port.forget(this);
        frames.close(why);
    }

    @Override
    public boolean onFrame(final DirectBuffer buffer, final int offset, final int length) {
        final OpeningAnswer answer = Opening.check(buffer, offset, length, OpeningKind.SOURCE);
        if (OpeningAnswer.OPENED != answer) {
            refuse(answer);
            return true;
        }
        try {
            final SourceAccess.Entry entry = port.access().admit(Opening.token(buffer, offset), PeerNames.of(socket), address());
            if (null == entry) {
                refuse(OpeningAnswer.NOT_LET_IN);
            } else {
                final DirectBuffer opened = OpeningAnswer.OPENED.frame();
                frames.offer(opened, 0, opened.capacity());
                port.opened(this, entry);
            }
        } catch (final FloodException e) {
            refuse(OpeningAnswer.FLOOD);
        }
        return true;
    }

    @Override
    public void onBroken(final String reason) {
        refuse(OpeningAnswer.BAD_FRAME);
    }

    @Override
    public void onGone(final String reason) {
        port.forget(this);
    }

    private String address() {
        return socket.remoteAddress().hostAddress();
    }
}

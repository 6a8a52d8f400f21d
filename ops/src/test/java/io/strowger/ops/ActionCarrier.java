package io.strowger.ops;

import io.strowger.codecs.SignalSink;
import io.strowger.codecs.action.ActionConnection;
import io.strowger.router.Router;
import io.strowger.router.action.ActionHandler;
import io.strowger.router.action.ActionOutlet;
import io.strowger.router.pipeline.Channel;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What the page on actions shows of an embedder that carries them to a call router. */
final class ActionCarrier {
    private final UnsafeBuffer in = new UnsafeBuffer(new byte[64 * 1024]);
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[16 * 1024]);
    private final ActionHandler handler = this::send;
    private final ActionConnection actions;                    // AmiActions or EslActions
    private final ActionOutlet outlet;
    private final Channel channel;
    private final SignalSink results;
    private final Wire wire;                                   // a connection of its own, logged in
    private long nowNs;
    private int unread;

    ActionCarrier(final Router router, final int source, final ActionConnection actions, final Wire wire) {
        this.actions = actions;
        this.wire = wire;
        this.outlet = router.openOutlet(source);               // before the hello, which declares actions.capabilities()
        this.channel = router.openChannel();
        this.results = channel.asSink();
        actions.connected();
    }

    int poll(final long timeNs) {                              // again and again, on one thread
        nowNs = timeNs;
        final int sent = outlet.poll(handler, 16);
        unread += wire.read(in, unread);
        final int taken = actions.onBytes(in, 0, unread, nowNs, results);
        in.putBytes(0, in, taken, unread - taken);             // the rest again: the router had no room for a result
        unread -= taken;
        actions.expire(nowNs, results);
        return sent + taken;
    }

    private boolean send(final long action, final DirectBuffer signal, final int offset, final int length) {
        if (!wire.hasRoom()) {
            return false;                                      // it comes again
        }
        final int written = actions.send(action, signal, offset, length, nowNs, out, 0);
        if (written < 0) {
            return actions.refused(action, written, nowNs, results);
        }
        wire.write(out, written);                              // once; from here on only the server knows
        return true;
    }

    boolean end() {                                            // the connection is lost; again until it is true
        outlet.close();
        if (!actions.disconnected(nowNs, results)) {
            return false;                                      // the router had no room for all results
        }
        channel.close();
        return true;
    }

    /** Bytes to and from the server, without waiting. */
    interface Wire {
        /** Whether a command can be written now. */
        boolean hasRoom();

        /** Writes a command. */
        void write(DirectBuffer command, int length);

        /** Reads what has come behind an offset; returns how much, 0 for nothing. */
        int read(UnsafeBuffer into, int offset);
    }
}

package io.strowger.ops.wire.source;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.sbe.ActionResultEncoder;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A source on its own side: brings signals to a router's port, and carries actions out.
 *
 * <pre>{@code
 * SourceClient client = new SourceClient(vertx, new SourceClientSettings("router.example", 7090, "gateway").token(token), listener);
 * client.start();
 * while (!client.offer(signal, 0, length)) {
 *     // too much waits to be acknowledged: the router is away, or slow
 * }
 * }</pre>
 *
 * <p>A signal that was taken waits in memory until the router has acknowledged it. The client connects, says hello, and sends what waits
 * within its credit; when the connection goes it comes back, each time later, and sends again what was not acknowledged, behind what the
 * router says it has: nothing is lost or told twice while the process lives. Who must also survive its own end numbers its signals itself
 * and keeps them: {@link SourceClientSettings#ownNumbers}. One process speaks for a source at a time.
 *
 * <p>Source, tenant and name in a signal count for nothing: they are the credential's. Any thread.
 */
public final class SourceClient implements SignalSink, AutoCloseable {
    private static final int LONGEST_TEXT = 512;

    private final Vertx vertx;
    private final ClientBacklog backlog;
    private final ClientLink link;
    private final AtomicBoolean isPumping = new AtomicBoolean();
    private Context loop;
    private Future<Void> stopped;

    /**
     * A client that is not started.
     *
     * @param settings not to be changed any more.
     * @param listener is told what the server says.
     */
    public SourceClient(final Vertx vertx, final SourceClientSettings settings, final SourceClientListener listener) {
        this.vertx = vertx;
        this.backlog = new ClientBacklog(settings.numbersItself(), settings.waitingBytes());
        this.link = new ClientLink(vertx, settings, backlog, listener);
    }

    /**
     * Begins to connect, and goes on until it is stopped. Returns at once.
     *
     * @throws IllegalStateException when it was started or stopped before.
     */
    public synchronized void start() {
        if (null != loop || null != stopped) {
            throw new IllegalStateException("a client starts once");
        }
        loop = vertx.getOrCreateContext();
        loop.runOnContext(begun -> link.begin());
    }

    /**
     * Takes one signal, to be sent. Several threads may offer, each signal then goes its way as a whole; with numbers of their own they
     * must keep these in order.
     *
     * @param buffer holds it; the caller's again when this returns.
     * @param offset of its SBE header.
     * @param length of the whole signal.
     * @return false when too much waits: offer it again later.
     * @throws IllegalArgumentException when no signal has such a length.
     */
    @Override
    public boolean offer(final DirectBuffer buffer, final int offset, final int length) {
        if (length < SignalLayout.HEADER_LENGTH + SignalLayout.COMMON_BLOCK_LENGTH || length > SignalLayout.MAX_SIGNAL_LENGTH) {
            throw new IllegalArgumentException("no signal is " + length + " bytes long");
        }
        if (!backlog.add(buffer, offset, length)) {
            return false;
        }
        pump();
        return true;
    }

    /**
     * Says what became of an action. It goes out behind the signals that were offered before; an action of a connection that has gone is
     * over, and so is its result.
     *
     * @param action as {@link SourceClientListener#onAction} had it.
     * @param text   the call router's words; what is longer than 512 bytes is cut.
     * @return false when too much waits: say it again later.
     */
    public boolean result(final long action, final ActionStatus status, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final byte[] words = bytes.length > LONGEST_TEXT ? cut(text) : bytes;
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
        final ActionResultEncoder result = new ActionResultEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        result.sourceSequence(ActionResultEncoder.sourceSequenceNullValue()).sourceTime(SystemEpochNanoClock.INSTANCE.nanoTime())
            .source(0).tenant(0).action(action).status(status);
        result.nativeId("").clientId("").key("").putText(words, 0, words.length);
        return offer(buffer, 0, SignalLayout.HEADER_LENGTH + result.encodedLength());
    }

    /** How the connection stands. */
    public ClientState state() {
        return link.state();
    }

    /** How many signals wait to be acknowledged, those included that were not sent yet. */
    public int waiting() {
        return backlog.size();
    }

    /** Number of the last signal that the router has acknowledged; -1 when it has not yet. */
    public long acknowledged() {
        return backlog.acknowledged();
    }

    /**
     * Sends what it has credit for, says that the source goes, waits for the last acknowledgements, and ends. What was not acknowledged
     * within three seconds is left: {@link #waiting}. Repeated calls give the same.
     */
    public synchronized Future<Void> stop() {
        if (null == stopped) {
            final Promise<Void> end = Promise.promise();
            if (null == loop) {
                end.complete();
            } else {
                onLoop(loop, () -> link.end(end), end);
            }
            stopped = end.future();
        }
        return stopped;
    }

    /** Behind the end of its Vert.x nothing runs. */
    private static void onLoop(final Context loop, final Runnable work, final Promise<Void> end) {
        try {
            loop.runOnContext(begun -> work.run());
        } catch (final RejectedExecutionException over) {
            end.complete();
        }
    }

    /** Begins to stop, and does not wait for it. */
    @Override
    public void close() {
        stop().onFailure(fault -> { });
    }

    /** On the loop, once for all that is offered until it runs. */
    private void pump() {
        final Context running;
        synchronized (this) {
            running = loop;
        }
        if (null != running && isPumping.compareAndSet(false, true)) {
            running.runOnContext(now -> {
                isPumping.set(false);
                link.pump();
            });
        }
    }

    private static byte[] cut(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = LONGEST_TEXT;
        while (0x80 == (bytes[length] & 0xC0)) {
            // within a character
            length--;
        }
        return Arrays.copyOf(bytes, length);
    }
}

package io.strowger.ops.demo;

import io.strowger.codecs.ConnectionFacts;
import io.strowger.codecs.SourceSequence;
import io.strowger.codecs.ami.AmiSettings;
import io.strowger.codecs.ami.AmiTranslator;
import io.strowger.ops.console.FailedException;
import io.strowger.ops.ingest.ArrivalTimes;
import io.strowger.router.Router;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.source.SourceIntake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A PBX that plays the bundled captures, in their order and at their pace, over and over: what one sees who connects a real one.
 *
 * <p>Each time round it is the same PBX, started anew. Who owns it calls {@link #turn}, on one thread.
 */
public final class DemoPbx implements AutoCloseable {
    /** Name of the source where nothing is said. */
    public static final String NAME = "demo";

    /** Tenant of the source where nothing is said. */
    public static final int TENANT = 1;

    /** The answer to CoreShowChannels where nobody talks: none of the captures was begun in the middle of a call. */
    private static final UnsafeBuffer NO_CHANNELS = new UnsafeBuffer("""
        Response: Success\r
        ActionID: demo-1\r
        EventList: start\r
        Message: Channels will follow\r
        \r
        Event: CoreShowChannelsComplete\r
        ActionID: demo-1\r
        EventList: Complete\r
        ListItems: 0\r
        \r
        """.getBytes(StandardCharsets.US_ASCII));

    private static final long PAUSE_NS = 3_000_000_000L;

    private final List<Recorded> captures;
    private final Channel channel;
    private final SourceIntake intake;
    private final ConnectionFacts facts;
    private final AmiTranslator translator;
    private int capture;
    private int chunk;
    private int connection;
    private boolean isConnected;
    /** Whether it has listed its channels on this connection, as who connects to a PBX asks it to. */
    private boolean isListed;
    private long connections;
    private long bytes;
    /** What is added to a recorded time. */
    private long shiftNs;

    /**
     * A PBX at the beginning of its first capture.
     *
     * @param router that it speaks to.
     * @param name   of the source.
     * @param tenant of the source.
     * @param folder empty, for the captures.
     * @param nowNs  nanoseconds since 1970.
     */
    public DemoPbx(final Router router, final String name, final int tenant, final Path folder, final long nowNs) {
        this.captures = DemoCapture.ALL.stream().map(one -> Recorded.of(one.unpack(folder))).toList();
        final int source = router.sourceNumber(tenant, name);
        this.channel = router.openChannel();
        this.intake = new SourceIntake(channel, SourceIntake.SPILL_LIMIT_DEFAULT);
        this.facts = new ConnectionFacts(source, tenant, name, "ami");
        this.translator = new AmiTranslator(AmiSettings.of(source, tenant));
        this.connection = SourceSequence.nextConnection(router.lastSourceSequence(source)) - 1;
        begin(nowNs);
    }

    /**
     * Says what the PBX has said until now.
     *
     * @param nowNs nanoseconds since 1970, never less than before.
     * @return how many pieces of its streams.
     */
    public int turn(final long nowNs) {
        intake.poll();
        int pieces = 0;
        while (dueNs() <= nowNs) {
            say();
            pieces++;
            if (chunk == captures.get(capture).times().count()) {
                next(nowNs);
            }
        }
        return pieces;
    }

    /** When it says something next, in nanoseconds since 1970. */
    public long dueNs() {
        return captures.get(capture).times().timeNs(chunk) + shiftNs;
    }

    /** Whether it is connected: between two of its captures it is not. */
    public boolean isConnected() {
        return isConnected;
    }

    /** How often it has connected so far. */
    public long connections() {
        return connections;
    }

    /** How many bytes it has said so far. */
    public long bytes() {
        return bytes;
    }

    /** How many blocks of them were understood. */
    public long understood() {
        return translator.counters().understood();
    }

    /** Hangs up: what it has is not known to be over. */
    @Override
    public void close() {
        if (isConnected) {
            disconnect(dueNs());
        }
        channel.close();
    }

    private void say() {
        final Recorded now = captures.get(capture);
        final long timeNs = dueNs();
        if (!isConnected) {
            connection++;
            isConnected = true;
            isListed = false;
            connections++;
            facts.connected(connection, timeNs, false, intake);
            translator.connected(connection);
        }
        final int from = (int)(0 == chunk ? 0 : now.times().end(chunk - 1));
        // an intake takes everything
        final int length = (int)now.times().end(chunk) - from;
        translator.onBytes(now.bytes(), from, length, timeNs, intake);
        bytes += length;
        if (now.isBootedBy(chunk) && !isListed) {
            isListed = true;
            translator.onBytes(NO_CHANNELS, 0, NO_CHANNELS.capacity(), timeNs, intake);
        }
        chunk++;
    }

    private void next(final long nowNs) {
        final Recorded over = captures.get(capture);
        disconnect(over.times().timeNs(chunk - 1) + shiftNs);
        chunk = 0;
        capture++;
        if (capture == captures.size()) {
            capture = 0;
            begin(nowNs + PAUSE_NS);
        }
    }

    private void disconnect(final long timeNs) {
        facts.disconnected(connection, translator.position(), timeNs, intake);
        translator.disconnected();
        isConnected = false;
    }

    private void begin(final long timeNs) {
        shiftNs = timeNs - captures.get(0).times().timeNs(0);
    }

    /** What was recorded, in memory. */
    private record Recorded(UnsafeBuffer bytes, ArrivalTimes times, int booted) {
        private static final String BLOCK_END = "\r\n\r\n";

        static Recorded of(final Path stream) {
            try {
                final byte[] bytes = Files.readAllBytes(stream);
                final String text = new String(bytes, StandardCharsets.ISO_8859_1);
                return new Recorded(new UnsafeBuffer(bytes), ArrivalTimes.beside(stream), text.indexOf("Event: FullyBooted"));
            } catch (final IOException e) {
                throw new FailedException("can't read the bundled capture " + stream + ": " + e.getMessage());
            }
        }

        /** Whether the PBX has said since when it runs, and a block has just ended. */
        boolean isBootedBy(final int chunk) {
            final int end = (int)times.end(chunk);
            return booted < end - BLOCK_END.length()
                && BLOCK_END.equals(bytes.getStringWithoutLengthAscii(end - BLOCK_END.length(), BLOCK_END.length()));
        }
    }
}

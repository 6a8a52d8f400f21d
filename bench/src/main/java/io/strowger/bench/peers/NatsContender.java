package io.strowger.bench.peers;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.PublishAck;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.strowger.bench.load.SignalPool;
import io.strowger.bench.pipeline.ChronicleContender;
import io.strowger.bench.pipeline.Contender;
import io.strowger.bench.pipeline.DiskFiles;
import io.strowger.codecs.SignalLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A stream of NATS JetStream in files: each signal published alone, many of them on their way before the first is acknowledged.
 *
 * <p>A window ends when every signal is acknowledged. Check: the stream is as long as it must be, and its last message is the last signal.
 */
final class NatsContender implements Contender {
    private static final int WINDOW = 16_384;
    private static final int STEP = WINDOW / 4;
    private static final String STREAM = "signals";

    private final Path folder;
    private final boolean isSynced;
    private final String version;
    private final ServerProcess server;
    private final ArrayDeque<CompletableFuture<PublishAck>> pending = new ArrayDeque<>(WINDOW);
    private Connection connection;
    private JetStreamManagement management;
    private JetStream stream;
    private long published;

    /**
     * Starts the server on a free port of the loopback interface.
     *
     * @param folder   for its files.
     * @param isSynced whether it syncs its file at each message.
     * @throws NotRunException      when it is not installed, or can't sync.
     * @throws IOException          when it can't be started.
     * @throws InterruptedException when this thread is.
     */
    NatsContender(final Path folder, final boolean isSynced) throws NotRunException, IOException, InterruptedException {
        this.folder = folder;
        this.isSynced = isSynced;
        final Path program = Program.find("nats-server");
        version = Program.version(program);
        if (isSynced) {
            NatsVersion.requireSync(version);
        }
        final int port = Program.freePort();
        final Path settings = Files.createDirectories(folder).resolve("nats.conf");
        Files.writeString(settings, "host: 127.0.0.1\nport: " + port + "\njetstream {\n  store_dir: \"" + folder + "\"\n"
            + (isSynced ? "  sync_interval: always\n" : "") + "}\n");
        server = ServerProcess.start(List.of(program.toString(), "--config", settings.toString()), folder, port);
        try {
            connection = Nats.connect(new Options.Builder().server("nats://127.0.0.1:" + port)
                .maxMessagesInOutgoingQueue(2 * WINDOW).build());
            management = connection.jetStreamManagement();
            management.addStream(StreamConfiguration.builder().name(STREAM).subjects(STREAM).storageType(StorageType.File).build());
            stream = connection.jetStream();
        } catch (final JetStreamApiException | IOException e) {
            close();
            throw new IOException("there is no connection, or the stream can't be made", e);
        }
    }

    @Override
    public String name() {
        return "NATS JetStream";
    }

    @Override
    public String settings() {
        return version + ", file storage, " + (isSynced ? "sync_interval always" : "the server's own sync interval")
            + ", one stream of one subject; jnats " + Nats.CLIENT_VERSION + ", publishAsync on one connection, at most "
            + WINDOW + " not yet acknowledged";
    }

    @Override
    public long serverCpuNs() {
        return server.cpuNs();
    }

    @Override
    public void run(final SignalPool pool) {
        final int count = pool.count();
        int place = 0;
        for (int i = 0; i < count; i++) {
            if (WINDOW == pending.size()) {
                await(STEP);
            }
            final byte[] signal = new byte[pool.length(place)];
            pool.buffer().getBytes(pool.signal(place), signal);
            pending.add(stream.publishAsync(STREAM, signal));
            place = pool.next(place);
        }
        await(pending.size());
    }

    private void await(final int acknowledgements) {
        try {
            for (int i = 0; i < acknowledgements; i++) {
                pending.remove().get();
                published++;
            }
        } catch (final ExecutionException e) {
            throw new IllegalStateException("a signal is not acknowledged", e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void settle(final SignalPool pool) {
        try {
            final long messages = management.getStreamInfo(STREAM).getStreamState().getMsgCount();
            final byte[] last = management.getLastMessage(STREAM, STREAM).getData();
            if (messages != published || SignalLayout.sourceSequence(new UnsafeBuffer(last), 0) != ChronicleContender.lastSequence(pool)) {
                throw new IllegalStateException("the stream holds " + messages + " of " + published + " signals");
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final JetStreamApiException e) {
            throw new IllegalStateException("the stream can't be looked at", e);
        }
        DiskFiles.force(folder);
    }

    @Override
    public void close() {
        try {
            if (null != connection) {
                connection.close();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            server.close();
        }
    }
}

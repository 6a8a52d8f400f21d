package io.strowger.bench.peers;

import io.strowger.bench.load.SignalPool;
import io.strowger.bench.pipeline.ChronicleContender;
import io.strowger.bench.pipeline.Contender;
import io.strowger.bench.pipeline.DiskFiles;
import io.strowger.codecs.SignalLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * A stream of a Redis server with its append-only file: each signal added as one entry, pipelined on one connection, so that their order
 * is kept. One part of the pipeline is on its way while the answers to the part before it are read.
 *
 * <p>A window ends when every entry is acknowledged. Check: the stream is as long as it must be, and its last entry holds the last signal;
 * the stream is removed then, for it is held in memory.
 */
final class RedisContender implements Contender {
    private static final int PIPELINE = 1024;
    private static final byte[] STREAM = bytes("signals");
    private static final byte[] NEXT_ID = bytes("*");
    private static final byte[] FIELD = bytes("s");

    private final Path folder;
    private final boolean isSynced;
    private final String version;
    private final ServerProcess server;
    private final Connection connection;

    /**
     * Starts the server on a free port of the loopback interface.
     *
     * @param folder   for its files.
     * @param isSynced whether it syncs its file before it answers.
     * @throws NotRunException      when it is not installed.
     * @throws IOException          when it can't be started.
     * @throws InterruptedException when this thread is.
     */
    RedisContender(final Path folder, final boolean isSynced) throws NotRunException, IOException, InterruptedException {
        this.folder = folder;
        this.isSynced = isSynced;
        final Path program = Program.find("redis-server");
        version = Program.version(program).replaceFirst(" sha=.*", "");
        final int port = Program.freePort();
        server = ServerProcess.start(List.of(program.toString(), "--bind", "127.0.0.1", "--port", Integer.toString(port),
            "--dir", folder.toString(), "--daemonize", "no", "--save", "", "--appendonly", "yes", "--appendfsync", sync(),
            "--auto-aof-rewrite-percentage", "0"), folder, port);
        connection = new Connection(new HostAndPort("127.0.0.1", port));
    }

    private String sync() {
        return isSynced ? "always" : "no";
    }

    @Override
    public String name() {
        return "Redis Streams";
    }

    @Override
    public String settings() {
        return version + ", append-only file, appendfsync " + sync() + ", no snapshots, no rewrite; "
            + "XADD by one connection of jedis, pipelines of " + PIPELINE + ", two on their way";
    }

    @Override
    public long serverCpuNs() {
        return server.cpuNs();
    }

    @Override
    public void run(final SignalPool pool) {
        final int count = pool.count();
        int place = 0;
        int answered = 0;
        for (int sent = 0; sent < count; sent++) {
            if (sent - answered == 2 * PIPELINE) {
                takeAnswers(PIPELINE);
                answered += PIPELINE;
            }
            final byte[] signal = new byte[pool.length(place)];
            pool.buffer().getBytes(pool.signal(place), signal);
            connection.sendCommand(Protocol.Command.XADD, STREAM, NEXT_ID, FIELD, signal);
            place = pool.next(place);
        }
        takeAnswers(count - answered);
    }

    private void takeAnswers(final int count) {
        for (final Object answer : connection.getMany(count)) {
            if (answer instanceof JedisDataException refusal) {
                throw refusal;
            }
        }
    }

    @Override
    public void settle(final SignalPool pool) {
        connection.sendCommand(Protocol.Command.XLEN, STREAM);
        final long length = connection.getIntegerReply();
        connection.sendCommand(Protocol.Command.XREVRANGE, STREAM, bytes("+"), bytes("-"), bytes("COUNT"), bytes("1"));
        final List<?> entry = (List<?>)connection.getObjectMultiBulkReply().get(0);
        final byte[] last = (byte[])((List<?>)entry.get(1)).get(1);
        if (length != pool.count() || SignalLayout.sourceSequence(new UnsafeBuffer(last), 0) != ChronicleContender.lastSequence(pool)) {
            throw new IllegalStateException("the stream holds " + length + " of " + pool.count() + " signals");
        }
        connection.sendCommand(Protocol.Command.UNLINK, STREAM);
        connection.getIntegerReply();
        DiskFiles.force(folder);
    }

    @Override
    public void close() {
        CloseHelper.closeAll(connection, server);
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

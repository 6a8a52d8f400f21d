package io.strowger.bench.server;

import io.strowger.bench.load.SignalPool;
import io.strowger.bench.load.Traffic;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * An Asterisk with nothing but an endless stream of calls, on a real socket: it lets one client in, lists nothing, and calls at a steady
 * pace once it is told to. A thread answers, a thread calls.
 */
final class AmiPbx implements AutoCloseable {
    private static final int POOL_BYTES = 16 << 20;
    private static final long PACE_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long UPTIME_S = 3_600;
    private static final long JOIN_MS = 30_000;
    private static final double NS_PER_SECOND = 1e9;
    private static final String END = "\r\n\r\n";
    private static final String LAST_LIST = "CoreShowChannels";

    private final ServerSocket server = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
    private final SignalPool pool = new SignalPool(POOL_BYTES);
    private final Traffic traffic;
    private final double stepsPerSecond;
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch listed = new CountDownLatch(1);
    private final Thread answering = new Thread(this::answer, "pbx");
    private Thread calling;
    private volatile Socket socket;
    private volatile boolean isOver;
    private volatile long lateNs;
    private volatile IOException fault;

    /**
     * A PBX on a free port of this machine.
     *
     * @param traffic        of its own.
     * @param stepsPerSecond of its calls.
     * @throws IOException when it can't listen.
     */
    AmiPbx(final Traffic traffic, final double stepsPerSecond) throws IOException {
        this.traffic = traffic;
        this.stepsPerSecond = stepsPerSecond;
        answering.setDaemon(true);
        answering.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** Waits until its client has been told that there is nothing to list. */
    boolean awaitListed(final long seconds) throws InterruptedException {
        return listed.await(seconds, TimeUnit.SECONDS);
    }

    /** Calls at its pace: first new calls alone, until its sessions are open. */
    void begin() {
        calling = new Thread(this::call, "pbx-calls");
        calling.setDaemon(true);
        calling.start();
    }

    /**
     * Says no more. The connection stays.
     *
     * @return by how many nanoseconds the last step was late.
     * @throws IOException when the connection was lost before.
     */
    long stop() throws IOException, InterruptedException {
        isOver = true;
        calling.join(JOIN_MS);
        if (null != fault) {
            throw fault;
        }
        if (calling.isAlive() || 1 != connections.get()) {
            throw new IOException("the PBX was not heard out, or on " + connections + " connections");
        }
        return lateNs;
    }

    private void answer() {
        while (!server.isClosed()) {
            try (Socket accepted = server.accept()) {
                connections.incrementAndGet();
                accepted.setTcpNoDelay(true);
                socket = accepted;
                answer(accepted);
            } catch (final IOException e) {
                if (!isOver) {
                    fault = e;
                }
            }
        }
    }

    private void answer(final Socket client) throws IOException {
        say("Asterisk Call Manager/9.0.0\r\n");
        final BufferedReader commands = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        String action = "";
        String id = "";
        for (String line = commands.readLine(); null != line; line = commands.readLine()) {
            if (line.startsWith("Action: ")) {
                action = line.substring("Action: ".length());
            } else if (line.startsWith("ActionID: ")) {
                id = line + "\r\n";
            } else if (line.isEmpty()) {
                say(reply(action, id));
                if (LAST_LIST.equals(action)) {
                    listed.countDown();
                }
            }
        }
    }

    private static String reply(final String action, final String id) {
        final String success = "Response: Success\r\n" + id;
        return switch (action) {
            case "Challenge" -> success + "Challenge: 889666473" + END;
            case "Login" -> success + "Message: Authentication accepted" + END + "Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: "
                + UPTIME_S + "\r\nLastReload: 0\r\nStatus: Fully Booted" + END;
            case "Ping" -> success + "Ping: Pong\r\nTimestamp: 1795624415.859689" + END;
            case "QueueStatus", "ParkedCalls", "BridgeList", "Status" -> list(success, id, action + "Complete");
            case LAST_LIST -> list(success, id, "CoreShowChannelsComplete");
            default -> "Response: Error\r\n" + id + "Message: Invalid/unknown command: " + action + END;
        };
    }

    private static String list(final String success, final String id, final String end) {
        return success + "EventList: start\r\nMessage: will follow" + END
            + "Event: " + end + "\r\n" + id + "EventList: Complete\r\nListItems: 0" + END;
    }

    private void call() {
        try {
            final long beganNs = System.nanoTime();
            long said = 0;
            while (!isOver) {
                final long due = (long)((System.nanoTime() - beganNs) / NS_PER_SECOND * stepsPerSecond);
                while (said < due && !isOver) {
                    final int count = (int)Math.min(1_000, due - said);
                    traffic.fill(pool, count);
                    sayPool();
                    said += count;
                }
                lateNs = System.nanoTime() - beganNs - (long)(said / stepsPerSecond * NS_PER_SECOND);
                LockSupport.parkNanos(PACE_NS);
            }
        } catch (final IOException e) {
            fault = e;
        }
    }

    private void sayPool() throws IOException {
        int length = 0;
        int place = 0;
        for (int i = 0; i < pool.count(); i++) {
            length += pool.length(place);
            place = pool.next(place);
        }
        final byte[] bytes = new byte[length];
        int at = 0;
        place = 0;
        for (int i = 0; i < pool.count(); i++) {
            pool.buffer().getBytes(pool.signal(place), bytes, at, pool.length(place));
            at += pool.length(place);
            place = pool.next(place);
        }
        write(bytes);
    }

    private void say(final String text) throws IOException {
        write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private synchronized void write(final byte[] bytes) throws IOException {
        final OutputStream out = socket.getOutputStream();
        out.write(bytes);
    }

    /** Hangs up, and lets nobody in any more. */
    @Override
    public void close() throws IOException {
        isOver = true;
        server.close();
        if (null != socket) {
            socket.close();
        }
    }
}

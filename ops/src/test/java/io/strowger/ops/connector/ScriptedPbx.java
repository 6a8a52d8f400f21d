package io.strowger.ops.connector;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PBX that does with each connection what a script says, on a thread of its own. The last script is for all connections behind it too.
 */
public final class ScriptedPbx implements AutoCloseable {
    private static final int BACKLOG = 16;

    private final ServerSocket server;
    private final List<Script> scripts;
    private final List<Wire> wires = new CopyOnWriteArrayList<>();
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();

    private ScriptedPbx(final ServerSocket server, final Script... scripts) {
        this.server = server;
        this.scripts = List.of(scripts);
    }

    /** Listens on a free port of this machine. */
    public static ScriptedPbx listen(final Script... scripts) throws IOException {
        return listen(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), scripts);
    }

    /** Listens on a server socket, which it closes. */
    static ScriptedPbx listen(final ServerSocket server, final Script... scripts) {
        final ScriptedPbx pbx = new ScriptedPbx(server, scripts);
        final Thread thread = new Thread(pbx::accept, "scripted-pbx");
        thread.setDaemon(true);
        thread.start();
        return pbx;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many connections came so far. */
    public int accepted() {
        return accepted.get();
    }

    /** The connections in the order they came. */
    public List<Wire> wires() {
        return wires;
    }

    /** What went wrong in scripts, but for connections that the other side has closed. */
    public List<Throwable> faults() {
        return faults;
    }

    /** All bytes that were sent, over all connections. */
    long sentBytes() {
        return wires.stream().mapToLong(wire -> wire.sent().length).sum();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                final Socket socket = server.accept();
                final Wire wire = new Wire(socket);
                final Script script = scripts.get(Math.min(accepted.getAndIncrement(), scripts.size() - 1));
                wires.add(wire);
                final Thread thread = new Thread(() -> run(script, wire), "scripted-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (final IOException e) {
                if (!server.isClosed()) {
                    faults.add(e);
                }
            }
        }
    }

    private void run(final Script script, final Wire wire) {
        try (wire) {
            script.run(wire);
        } catch (final IOException e) {
            // the other side has gone: what a script can't go on with
            wire.gone();
        } catch (final RuntimeException | AssertionError | InterruptedException e) {
            faults.add(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        wires.forEach(Wire::close);
    }

    /** What is done with a connection; it is closed behind it. */
    @FunctionalInterface
    public interface Script {
        /**
         * Speaks.
         *
         * @throws IOException when the other side has gone.
         */
        void run(Wire wire) throws IOException, InterruptedException;
    }
}

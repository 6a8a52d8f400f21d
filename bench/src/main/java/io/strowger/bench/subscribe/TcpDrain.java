package io.strowger.bench.subscribe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The receiving ends of connections over the loopback interface: one thread reads whatever comes, counts its bytes, and throws it away.
 */
final class TcpDrain implements AutoCloseable {
    private static final int READ_BYTES = 256 << 10;

    private final ServerSocketChannel server;
    private final Selector selector;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(READ_BYTES);
    private final AtomicLong received = new AtomicLong();
    private final Thread thread = new Thread(this::drain, "drain");
    private volatile IOException fault;
    private volatile boolean isClosed;

    /** Nobody is connected yet. */
    TcpDrain() {
        try {
            server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            selector = Selector.open();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        // a bench that can't begin must end
        thread.setDaemon(true);
        thread.start();
    }

    /** The sending end of a new connection. */
    TcpLine connect() {
        try {
            final SocketChannel sender = SocketChannel.open(server.getLocalAddress());
            final SocketChannel receiver = server.accept();
            receiver.configureBlocking(false);
            receiver.register(selector, SelectionKey.OP_READ);
            selector.wakeup();
            sender.configureBlocking(false);
            return new TcpLine(sender);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Bytes that have come through all connections. Any thread.
     *
     * @throws UncheckedIOException when one of them has failed.
     */
    long received() {
        final IOException thrown = fault;
        if (null != thrown) {
            throw new UncheckedIOException(thrown);
        }
        return received.get();
    }

    @Override
    public void close() {
        isClosed = true;
        selector.wakeup();
        try {
            thread.join();
            for (final SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
            server.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain() {
        try {
            while (!isClosed) {
                selector.select(this::read);
            }
        } catch (final UncheckedIOException thrown) {
            fault = thrown.getCause();
        } catch (final IOException thrown) {
            fault = thrown;
        }
    }

    private void read(final SelectionKey key) {
        bytes.clear();
        try {
            final int count = ((SocketChannel)key.channel()).read(bytes);
            if (count < 0) {
                key.channel().close();
            } else {
                received.lazySet(received.get() + count);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.strowger.bench.jmh;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.asteriskjava.manager.internal.ManagerReaderImpl;
import org.asteriskjava.util.SocketConnectionFacade;
import org.asteriskjava.util.internal.SocketConnectionFacadeImpl;
import org.asteriskjava.util.internal.streamreader.FastScanner;
import org.asteriskjava.util.internal.streamreader.FastScannerFactory;

/**
 * The whole reader of asterisk-java as it ships, on bytes in memory: its loop, its event builder, and the second thread to which it hands
 * each event, started anew for each stream as for each connection. Only the socket is left out. A stream must have fewer than 20,000
 * blocks, else its queue drops some.
 */
final class AsteriskJavaReader {
    private final AtomicLong events = new AtomicLong();
    private final ManagerReaderImpl manager;

    AsteriskJavaReader() {
        try {
            // the interface is not public; a proxy of it is made in its own package
            final Class<?> type = Class.forName("org.asteriskjava.manager.internal.Dispatcher");
            final Object dispatcher = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                if ("dispatchEvent".equals(method.getName())) {
                    events.incrementAndGet();
                }
                return null;
            });
            manager = ManagerReaderImpl.class.getConstructor(type, Object.class).newInstance(dispatcher, this);
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException("asterisk-java has another shape than expected", e);
        }
    }

    /**
     * Reads one whole stream.
     *
     * @param stream from its banner to its end.
     * @return events that came out at the second thread, the two about the connection included.
     */
    long read(final byte[] stream) {
        events.set(0);
        final InputStreamReader reader = new InputStreamReader(new ByteArrayInputStream(stream), StandardCharsets.UTF_8);
        manager.setSocket(new MemorySocket(FastScannerFactory.getReader(reader, SocketConnectionFacadeImpl.CRNL_PATTERN)));
        manager.run();
        if (null != manager.getTerminationException()) {
            throw new IllegalStateException("asterisk-java gave up", manager.getTerminationException());
        }
        return events.get();
    }

    /** Lines out of memory instead of a socket. */
    private static final class MemorySocket implements SocketConnectionFacade {
        private final FastScanner lines;

        MemorySocket(final FastScanner lines) {
            this.lines = lines;
        }

        @Override
        public String readLine() throws IOException {
            return lines.next();
        }

        @Override
        public void write(final String text) {
            throw new UnsupportedOperationException("nothing is sent");
        }

        @Override
        public void flush() {
            throw new UnsupportedOperationException("nothing is sent");
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public InetAddress getLocalAddress() {
            return InetAddress.getLoopbackAddress();
        }

        @Override
        public int getLocalPort() {
            return 0;
        }

        @Override
        public InetAddress getRemoteAddress() {
            return InetAddress.getLoopbackAddress();
        }

        @Override
        public int getRemotePort() {
            return 0;
        }
    }
}

package io.strowger.bench.peers;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.logbuffer.FragmentHandler;
import io.strowger.bench.load.SignalPool;
import io.strowger.bench.pipeline.ChronicleContender;
import io.strowger.bench.pipeline.Contender;
import io.strowger.codecs.SignalLayout;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/**
 * Aeron's hand-over between two threads: each signal offered to an exclusive publication, read by a subscription on a second thread.
 *
 * <p>The driver runs from {@link #open} to {@link #settle}, so that it costs the others nothing in between. Check: the reader counted every
 * signal, and the last it saw is the last.
 */
final class AeronIpcContender implements Contender {
    private static final int STREAM = 1;
    private static final int FRAGMENTS = 256;

    private final String driverFolder;
    private MediaDriver driver;
    private Aeron aeron;
    private Subscription subscription;
    private ExclusivePublication publication;
    private Reader reader;

    /**
     * Nothing runs yet.
     *
     * @param folder for the buffers, where there is no file system in memory.
     */
    AeronIpcContender(final Path folder) {
        driverFolder = AeronDriver.folder(folder);
    }

    @Override
    public String name() {
        return "Aeron IPC";
    }

    @Override
    public String settings() {
        return AeronDriver.SETTINGS + "; read by a second thread, busy spin on both sides";
    }

    @Override
    public void open() {
        driver = MediaDriver.launch(AeronDriver.context(driverFolder));
        aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driverFolder));
        subscription = aeron.addSubscription(AeronDriver.IPC, STREAM);
        publication = aeron.addExclusivePublication(AeronDriver.IPC, STREAM);
        while (!publication.isConnected() || !subscription.isConnected()) {
            Thread.onSpinWait();
        }
        reader = new Reader(subscription);
        reader.start();
    }

    @Override
    public void run(final SignalPool pool) {
        reader.expect(pool.count());
        AeronOffers.offer(publication, pool);
        while (reader.isReading()) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void settle(final SignalPool pool) {
        reader.end();
        final long count = reader.count;
        final long last = reader.last;
        closeDriver();
        if (count != pool.count() || last != ChronicleContender.lastSequence(pool)) {
            throw new IllegalStateException("the subscription read " + count + " of " + pool.count() + " signals");
        }
    }

    @Override
    public void close() {
        if (null != reader) {
            reader.end();
        }
        closeDriver();
    }

    private void closeDriver() {
        CloseHelper.closeAll(publication, subscription, aeron, driver);
        publication = null;
        subscription = null;
        aeron = null;
        driver = null;
        reader = null;
    }

    /** Second thread; its figures are looked at once it has read all, or has ended. */
    private static final class Reader implements Runnable {
        private final Subscription subscription;
        private final Thread thread = new Thread(this, "aeron-ipc-reader");
        private volatile long expected = Long.MAX_VALUE;
        private volatile boolean isReading = true;
        private volatile boolean isEnded;
        private long count;
        private long last;

        Reader(final Subscription subscription) {
            this.subscription = subscription;
        }

        void start() {
            thread.start();
        }

        void expect(final long signals) {
            expected = signals;
        }

        boolean isReading() {
            return isReading;
        }

        void end() {
            isEnded = true;
            try {
                thread.join();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void run() {
            final FragmentHandler handler = (buffer, offset, length, header) -> take(buffer, offset);
            while (!isEnded && count < expected) {
                if (0 == subscription.poll(handler, FRAGMENTS)) {
                    Thread.onSpinWait();
                }
            }
            isReading = false;
        }

        private void take(final DirectBuffer buffer, final int offset) {
            last = SignalLayout.sourceSequence(buffer, offset);
            count++;
        }
    }
}

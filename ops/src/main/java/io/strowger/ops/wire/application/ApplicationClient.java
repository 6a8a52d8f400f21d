package io.strowger.ops.wire.application;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.application.Why;
import io.strowger.ops.wire.OpeningAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A client for the gateway of applications: streams of events, status and actions over one connection, which is made again whenever it is
 * lost. Streams then go on behind their last position, without hole or repeat; actions that have no end yet are asked for again with their
 * key, which does nothing twice.
 *
 * <pre>
 *   try (ApplicationClient client = ApplicationClient.connect(ApplicationClientSettings.plain("127.0.0.1", 7089, token))) {
 *       client.subscribe(StreamOrder.all().user("102").withStatus(), listener);
 *       client.act(signal, 0, length).thenAccept(outcome -&gt; ...);
 *   }
 * </pre>
 *
 * <p>Any thread. Listeners are called on the client's own thread; they may subscribe, ask and close, but not wait for what comes.
 */
public final class ApplicationClient implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ApplicationClient.class.getName());
    private static final long TICK_MS = 1_000;
    private static final int TICKS_A_PING = 3;
    private static final long SILENCE_NS = 10_000_000_000L;
    private static final long FIRST_PAUSE_MS = 50;
    private static final long LONGEST_PAUSE_MS = 5_000;

    private final ApplicationClientSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final RequestWriter writer = new RequestWriter();
    private final FrameReader reader = new FrameReader(this);
    private final Map<Integer, ApplicationStream> streams = new HashMap<>();
    private final Map<Long, PendingAct> acts = new LinkedHashMap<>();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "strowger-application");
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        final Thread own = new Thread(task, "strowger-application-ticks");
        own.setDaemon(true);
        return own;
    });
    private volatile ScheduledFuture<?> ticking;
    private int nextStream;
    private long nextAsk;
    private long ticks;
    private long pauseMs = FIRST_PAUSE_MS;
    /** The connection that there is, also while it opens. */
    private volatile ClientLink link;
    /** Null while there is none that is open. */
    private ClientLink open;
    private boolean isOver;

    private ApplicationClient(final ApplicationClientSettings settings) {
        this.settings = settings;
    }

    /** Makes a client, which connects by itself from now on. */
    public static ApplicationClient connect(final ApplicationClientSettings settings) {
        final ApplicationClient client = new ApplicationClient(settings);
        client.thread.setDaemon(true);
        client.thread.start();
        client.ticking = client.ticker.scheduleAtFixedRate(client::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
        return client;
    }

    /** Is complete when it has been connected once; fails when it is not let in. */
    public CompletableFuture<Void> opened() {
        return opened.copy();
    }

    /** Whether it is connected now. */
    public boolean isOpen() {
        lock.lock();
        try {
            return null != open;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Opens a stream, now or as soon as it is connected.
     *
     * @throws IllegalStateException when the client is closed, or was not let in.
     */
    public ApplicationStream subscribe(final StreamOrder order, final StreamListener listener) {
        return order(order, listener, false);
    }

    /**
     * Asks how things are: the listener gets a status and then its end, {@code COMPLETE}. Of the order only names and credit count.
     *
     * @throws IllegalStateException when the client is closed, or was not let in.
     */
    public ApplicationStream askStatus(final StreamOrder order, final StreamListener listener) {
        return order(order, listener, true);
    }

    /**
     * Asks for an action.
     *
     * @param signal holds it, one of the fourteen of {@code signals.xml} with a key; the caller's again when this returns. Tenant, client
     *               id, source and times are set by the router, the deadline where it is 0.
     * @return the end; fails with an {@link ApplicationException} when it is not taken, or the client is closed.
     */
    public CompletableFuture<ActionOutcome> act(final DirectBuffer signal, final int offset, final int length) {
        return act(signal, offset, length, step -> { });
    }

    /**
     * Asks for an action.
     *
     * @param onStep hears of each step, and of the end; on the client's thread. A step may come again behind a lost connection.
     * @throws IllegalArgumentException when no action is so long.
     */
    public CompletableFuture<ActionOutcome> act(final DirectBuffer signal, final int offset, final int length,
                                                final Consumer<ActionOutcome> onStep) {
        if (length < 1 || length > SignalLayout.MAX_SIGNAL_LENGTH) {
            throw new IllegalArgumentException("no action is " + length + " bytes long");
        }
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
        signal.getBytes(offset, copy, 0, length);
        final PendingAct pending = new PendingAct(copy, onStep, new CompletableFuture<>());
        locked(() -> {
            if (isOver) {
                pending.end().completeExceptionally(new ApplicationException(Why.UNAVAILABLE, "the client is closed"));
            } else {
                final long ask = ++nextAsk;
                acts.put(ask, pending);
                send(to -> to.act(ask, copy));
            }
        });
        return pending.end();
    }

    /** Leaves: every stream ends, and what has no end yet fails. */
    @Override
    public void close() {
        finish(Why.UNSUBSCRIBED, "the client is closed");
        if (Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Does something while nobody else changes or sends anything. */
    void locked(final Runnable what) {
        lock.lock();
        try {
            what.run();
        } finally {
            lock.unlock();
        }
    }

    /** Sends, where there is a connection; false when there is none. Under the lock. */
    boolean send(final Function<RequestWriter, RequestWriter> what) {
        if (null == open) {
            return false;
        }
        try {
            open.write(what.apply(writer));
        } catch (final IOException gone) {
            // who reads will see it, too, and connect again
            open.close();
        }
        return true;
    }

    /** Null when there is none any more. */
    ApplicationStream stream(final int id) {
        lock.lock();
        try {
            return streams.get(id);
        } finally {
            lock.unlock();
        }
    }

    void forget(final int id) {
        streams.remove(id);
    }

    /** A connection is open: whatever was wanted is wanted there. */
    void onOpen(final ClientLink opening) {
        locked(() -> {
            open = opening;
            pauseMs = FIRST_PAUSE_MS;
            streams.values().forEach(ApplicationStream::order);
            acts.forEach((ask, pending) -> send(to -> to.act(ask, pending.signal())));
        });
        opened.complete(null);
    }

    void onAnswer(final long ask, final ActionOutcome outcome) {
        final PendingAct[] pending = new PendingAct[1];
        locked(() -> pending[0] = outcome.isFinal() ? acts.remove(ask) : acts.get(ask));
        if (null != pending[0]) {
            pending[0].onAnswer(outcome);
        }
    }

    void onActRefused(final long ask, final Why why, final String text) {
        final PendingAct[] pending = new PendingAct[1];
        // what is unavailable is asked for again with the next tick
        locked(() -> pending[0] = Why.UNAVAILABLE == why ? null : acts.remove(ask));
        if (null != pending[0]) {
            pending[0].end().completeExceptionally(new ApplicationException(why, text));
        } else {
            locked(() -> acts.computeIfPresent(ask, (same, due) -> due.again()));
        }
    }

    private ApplicationStream order(final StreamOrder order, final StreamListener listener, final boolean isQuestion) {
        lock.lock();
        try {
            if (isOver) {
                throw new IllegalStateException("the client is closed, or was not let in");
            }
            final ApplicationStream stream = new ApplicationStream(this, nextStream++, order, listener, isQuestion);
            streams.put(stream.id(), stream);
            if (null != open) {
                stream.order();
            }
            return stream;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (closing.getCount() > 0) {
            final ClientLink next = new ClientLink(this, settings, reader);
            link = next;
            OpeningAnswer word = null;
            try {
                word = closing.getCount() > 0 ? next.run() : null;
            } catch (final IOException | RuntimeException fault) {
                LOG.log(System.Logger.Level.DEBUG, () -> settings.host() + ":" + settings.port() + ": " + fault);
            }
            onLost();
            if (isForGood(word)) {
                opened.completeExceptionally(new ApplicationException(Why.UNAUTHORIZED, word.text()));
                finish(Why.UNAUTHORIZED, word.text());
                return;
            }
            pause();
        }
    }

    private static boolean isForGood(final OpeningAnswer word) {
        return OpeningAnswer.NOT_LET_IN == word || OpeningAnswer.WRONG_VERSION == word || OpeningAnswer.WRONG_KIND == word;
    }

    private void onLost() {
        final List<ApplicationStream> unwanted = new ArrayList<>();
        locked(() -> {
            open = null;
            streams.values().stream().filter(stream -> !stream.isWantedAgain()).forEach(unwanted::add);
        });
        unwanted.forEach(stream -> stream.end(Why.UNSUBSCRIBED, 0, ""));
    }

    private void pause() {
        try {
            final boolean isClosed = closing.await(pauseMs, TimeUnit.MILLISECONDS);
            pauseMs = isClosed ? pauseMs : Math.min(LONGEST_PAUSE_MS, 2 * pauseMs);
        } catch (final InterruptedException e) {
            closing.countDown();
        }
    }

    private void finish(final Why why, final String text) {
        final List<ApplicationStream> ended = new ArrayList<>();
        final List<PendingAct> lost = new ArrayList<>();
        closing.countDown();
        final ClientLink last = link;
        if (null != last) {
            last.close();
        }
        locked(() -> {
            isOver = true;
            open = null;
            ended.addAll(streams.values());
            lost.addAll(acts.values());
            acts.clear();
        });
        final ScheduledFuture<?> running = ticking;
        if (null != running) {
            running.cancel(false);
        }
        ticker.shutdown();
        ended.forEach(stream -> stream.end(why, 0, text));
        lost.forEach(pending -> pending.end().completeExceptionally(new ApplicationException(Why.UNAVAILABLE, text)));
        opened.completeExceptionally(new ApplicationException(why, text));
    }

    /** Says that it is there, and looks whether the other side is. */
    private void tick() {
        final ClientLink now = link;
        if (null != now && now.isSilent(System.nanoTime(), SILENCE_NS)) {
            now.close();
        } else if (lock.tryLock()) {
            try {
                ticks++;
                if (0 == ticks % TICKS_A_PING) {
                    send(to -> to.ping(ticks));
                }
                if (null != open) {
                    streams.values().stream().filter(ApplicationStream::isDue).toList().forEach(ApplicationStream::order);
                    acts.replaceAll((ask, pending) -> pending.isDue() ? asked(ask, pending) : pending);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private PendingAct asked(final long ask, final PendingAct pending) {
        send(to -> to.act(ask, pending.signal()));
        return new PendingAct(pending.signal(), pending.onStep(), pending.end());
    }
}

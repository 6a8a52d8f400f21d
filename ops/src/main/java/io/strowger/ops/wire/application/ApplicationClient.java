package io.strowger.ops.wire.application;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.application.Why;
import io.strowger.ops.connector.BackOff;
import io.strowger.ops.wire.OpeningAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
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
 * <p>Any thread. Listeners, and what hangs on a future when it ends, are called on threads of the client's own, one at a time; they may
 * subscribe, ask and close, but not wait for what comes. Whatever they do, the connection's signs of life go on.
 */
public final class ApplicationClient implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ApplicationClient.class.getName());
    private static final long TICK_MS = 1_000;
    private static final int TICKS_A_PING = 3;
    private static final long FIRST_PAUSE_MS = 50;
    private static final long LONGEST_PAUSE_MS = 5_000;

    private final ApplicationClientSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final RequestWriter writer = new RequestWriter();
    private final Teller teller = new Teller();
    private final FrameReader reader = new FrameReader(this);
    private final Map<Integer, ApplicationStream> streams = new HashMap<>();
    private final PendingActs acts;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final BackOff backOff = new BackOff(FIRST_PAUSE_MS, LONGEST_PAUSE_MS, () -> ThreadLocalRandom.current().nextDouble());
    private final Thread thread = new Thread(this::run, "strowger-application");
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        final Thread own = new Thread(task, "strowger-application-ticks");
        own.setDaemon(true);
        return own;
    });
    private volatile ScheduledFuture<?> ticking;
    private int nextStream;
    private long ticks;
    /** The connection that there is, also while it opens. */
    private volatile ClientLink link;
    /** Null while there is none that is open. */
    private ClientLink open;
    private boolean isOver;
    /** Why there was no connection the last time; null behind one that was open. */
    private String said;

    private ApplicationClient(final ApplicationClientSettings settings) {
        this.settings = settings;
        this.acts = new PendingActs(settings.mostActs());
    }

    /** Makes a client, which connects by itself from now on. */
    public static ApplicationClient connect(final ApplicationClientSettings settings) {
        final ApplicationClient client = new ApplicationClient(settings);
        client.thread.setDaemon(true);
        // first, as who is not let in ends it
        client.ticking = client.ticker.scheduleAtFixedRate(client::tickAsEver, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
        client.thread.start();
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
     *               id, source and times are set by the router, the deadline where it is 0 or the null value.
     * @return the end; fails with an {@link ApplicationException}: {@code UNAVAILABLE} when it may be done or not, as no end was told for
     *     too long or the client is closed; else it is not taken, as too many wait already or the gateway does not want it. Actions are
     *     sent in the order they are asked in. Never waits.
     */
    public CompletableFuture<ActionOutcome> act(final DirectBuffer signal, final int offset, final int length) {
        return act(signal, offset, length, step -> { });
    }

    /**
     * Asks for an action.
     *
     * @param onStep hears of each step, and of the end; as listeners do. A step may come again behind a lost connection.
     * @return likewise.
     * @throws IllegalArgumentException when no action is so long.
     */
    public CompletableFuture<ActionOutcome> act(final DirectBuffer signal, final int offset, final int length,
                                                final Consumer<ActionOutcome> onStep) {
        if (length < 1 || length > SignalLayout.MAX_SIGNAL_LENGTH) {
            throw new IllegalArgumentException("no action is " + length + " bytes long");
        }
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
        signal.getBytes(offset, copy, 0, length);
        lock.lock();
        try {
            if (isOver) {
                return refused(Why.UNAVAILABLE, "the client is closed");
            }
            final PendingActs.Act act = acts.add(copy, onStep, System.nanoTime());
            if (null == act) {
                return refused(Why.TOO_MANY, "as many actions as the client may have wait for their end");
            }
            // behind those that are due already: in the order they were asked for
            acts.pay(this);
            return act.end();
        } finally {
            lock.unlock();
        }
    }

    private static CompletableFuture<ActionOutcome> refused(final Why why, final String text) {
        return CompletableFuture.failedFuture(new ApplicationException(why, text));
    }

    /** Leaves: every stream ends, and what has no end yet fails. Waits until all are told, unless a listener calls it. */
    @Override
    public void close() {
        finish(Why.UNSUBSCRIBED, "the client is closed");
        if (Thread.currentThread() != thread && !teller.isTelling()) {
            try {
                thread.join();
                teller.awaitTold();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    Teller teller() {
        return teller;
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

    /** Sends; false when there is no connection, or no room in it: then it is owed. Never waits. Under the lock. */
    boolean send(final Function<RequestWriter, RequestWriter> what) {
        return null != open && open.offer(what.apply(writer));
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
            backOff.reset();
            said = null;
            List.copyOf(streams.values()).forEach(ApplicationStream::renew);
            acts.renew();
            acts.pay(this);
        });
        teller.now(() -> opened.complete(null));
    }

    /** There is room again behind a frame that found none. */
    void onRoom(final ClientLink where) {
        locked(() -> {
            if (where == open) {
                pay();
            }
        });
    }

    void onAnswer(final long ask, final ActionOutcome outcome) {
        final PendingActs.Act[] act = new PendingActs.Act[1];
        locked(() -> {
            act[0] = acts.answered(ask, outcome);
            acts.pay(this);
        });
        if (null != act[0]) {
            act[0].onAnswer(outcome);
        }
    }

    void onActRefused(final long ask, final Why why, final String text) {
        final PendingActs.Act[] act = new PendingActs.Act[1];
        locked(() -> act[0] = acts.refused(ask, why));
        if (null != act[0]) {
            act[0].refuse(why, text);
        }
    }

    private void pay() {
        List.copyOf(streams.values()).forEach(ApplicationStream::pay);
        acts.pay(this);
    }

    private ApplicationStream order(final StreamOrder order, final StreamListener listener, final boolean isQuestion) {
        lock.lock();
        try {
            if (isOver) {
                throw new IllegalStateException("the client is closed, or was not let in");
            }
            final ApplicationStream stream = new ApplicationStream(this, nextStream++, order, listener, isQuestion);
            streams.put(stream.id(), stream);
            stream.pay();
            return stream;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            connectAgainAndAgain();
        } catch (final RuntimeException | Error fault) {
            LOG.log(System.Logger.Level.ERROR, () -> where() + ": the client ends: " + fault);
            finish(Why.UNAVAILABLE, "the client has failed: " + fault);
            throw fault;
        }
    }

    private void connectAgainAndAgain() {
        while (closing.getCount() > 0) {
            final ClientLink next = new ClientLink(this, settings, reader);
            link = next;
            OpeningAnswer word = null;
            String reason = "the connection has ended";
            try {
                word = closing.getCount() > 0 ? next.run() : null;
                reason = null == word ? reason : "the server says: " + word.text();
            } catch (final IOException | RuntimeException fault) {
                reason = fault.toString();
            }
            onLost();
            if (!next.wasOpen() && isForGood(word)) {
                say(System.Logger.Level.WARNING, reason);
                finish(Why.UNAUTHORIZED, word.text());
                return;
            }
            if (closing.getCount() > 0) {
                // a line for each new reason, not for each try
                say(reason.equals(said) ? System.Logger.Level.DEBUG : System.Logger.Level.INFO, reason + ", connects again");
                said = reason;
                pause();
            }
        }
    }

    private void say(final System.Logger.Level level, final String what) {
        LOG.log(level, () -> where() + ": " + what);
    }

    private String where() {
        return settings.host() + ":" + settings.port();
    }

    /** Of an opening; who was let in comes again with the token that is good then, and hears whether it is. */
    private static boolean isForGood(final OpeningAnswer word) {
        return OpeningAnswer.NOT_LET_IN == word || OpeningAnswer.WRONG_VERSION == word || OpeningAnswer.WRONG_KIND == word;
    }

    private void onLost() {
        final List<ApplicationStream> unwanted = new ArrayList<>();
        locked(() -> {
            open = null;
            streams.values().stream().filter(ApplicationStream::lose).forEach(unwanted::add);
        });
        teller.now(() -> unwanted.forEach(stream -> stream.end(Why.UNSUBSCRIBED, 0, "")));
    }

    private void pause() {
        try {
            final boolean isClosed = closing.await(backOff.next(), TimeUnit.MILLISECONDS);
            LOG.log(System.Logger.Level.TRACE, () -> where() + (isClosed ? ": is closed" : ": tries again"));
        } catch (final InterruptedException e) {
            closing.countDown();
        }
    }

    private void finish(final Why why, final String text) {
        closing.countDown();
        final ClientLink last = link;
        if (null != last) {
            last.close();
        }
        locked(() -> {
            if (!isOver) {
                isOver = true;
                open = null;
                List.copyOf(streams.values()).forEach(stream -> stream.endLater(why, text));
                acts.clear().forEach(act -> teller.later(() -> act.fail(Why.UNAVAILABLE, text)));
                teller.later(() -> opened.completeExceptionally(new ApplicationException(why, text)));
                teller.close();
            }
        });
        ticking.cancel(false);
        ticker.shutdown();
    }

    /** A task that throws is never run again: without ticks there is no sign of life, and nobody sees that the other side is gone. */
    private void tickAsEver() {
        try {
            tick();
        } catch (final RuntimeException | Error fault) {
            say(System.Logger.Level.WARNING, "unexpected: " + fault);
        }
    }

    /** Says that it is there, and looks whether the other side is. */
    private void tick() {
        final long nowNs = System.nanoTime();
        final ClientLink now = link;
        if (null != now && now.isSilent(nowNs, settings.silence().toNanos())) {
            say(System.Logger.Level.DEBUG, "nothing comes, or nothing is taken");
            now.close();
        }
        locked(() -> {
            ticks++;
            if (0 == ticks % TICKS_A_PING) {
                // where there is no room, what waits is sign enough
                send(to -> to.ping(ticks));
            }
            streams.values().stream().filter(ApplicationStream::isPutOff).toList().forEach(ApplicationStream::renew);
            acts.tick();
            pay();
            acts.before(nowNs - settings.patience().toNanos()).forEach(act -> teller.later(() ->
                act.fail(Why.UNAVAILABLE, "no end was told: it may be done or not; ask again with the same key")));
        });
    }
}

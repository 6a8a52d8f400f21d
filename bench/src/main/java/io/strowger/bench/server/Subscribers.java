package io.strowger.bench.server;

import io.strowger.bench.load.Traffic;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;

/**
 * All subscribers on one event loop.
 */
final class Subscribers implements AutoCloseable {
    private static final int AT_A_TIME = 50;
    private static final long CONNECT_S = 300;
    private static final long ANSWER_S = 60;
    private static final int RECEIVE_BYTES = 32 * 1024;
    private static final int DIGITS = 3;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Context loop = vertx.getOrCreateContext();
    private final WebSocketClient client;
    private final EpochNanoClock clock = SystemEpochNanoClock.INSTANCE;
    private final Histogram delays = new Histogram(TimeUnit.MINUTES.toNanos(10), DIGITS);
    private final List<Subscriber> all = new ArrayList<>();
    private final List<String> tokens;
    private final int port;
    private final CountDownLatch subscribed;
    private int next;
    private long deliveries;
    private boolean isClosed;

    /**
     * None is connected.
     *
     * @param port   of the server.
     * @param tokens of the tenants, from tenant 1 on.
     */
    Subscribers(final ServerSettings settings, final int port, final List<String> tokens) {
        this.port = port;
        this.tokens = List.copyOf(tokens);
        client = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(settings.clients())
            .setReceiveBufferSize(RECEIVE_BYTES).setConnectTimeout((int)TimeUnit.SECONDS.toMillis(ANSWER_S)));
        for (int i = 0; i < settings.clients(); i++) {
            final int user = settings.user(i);
            all.add(new Subscriber(i, user < 0 ? null : Traffic.user(user)));
        }
        subscribed = new CountDownLatch(all.size());
    }

    /**
     * Connects all of them, some at a time.
     *
     * @throws IOException when one is refused, or it takes minutes.
     */
    void connect() throws IOException, InterruptedException {
        for (int i = 0; i < AT_A_TIME; i++) {
            loop.runOnContext(begun -> connectNext());
        }
        if (!subscribed.await(CONNECT_S, TimeUnit.SECONDS)) {
            final List<String> faults = onLoop(() -> all.stream().map(Subscriber::fault).filter(fault -> null != fault).toList());
            throw new IOException(subscribed.getCount() + " are not subscribed; " + faults.size() + " faults, as "
                + (faults.isEmpty() ? "none" : faults.get(0)));
        }
    }

    /** In any order; the folds are safe to read once this is closed. */
    List<Subscriber> all() {
        return all;
    }

    /** Events that have come to any of them so far. */
    long deliveries() throws IOException, InterruptedException {
        return onLoop(() -> deliveries);
    }

    /** Events so far, each counted once: those of the first of each tenant that sees all. */
    long events() throws IOException, InterruptedException {
        return onLoop(() -> all.stream().limit(ServerSettings.TENANTS).mapToLong(one -> one.fold().count()).sum());
    }

    /** Takes what is known of delays so far; nothing is known behind that. */
    Histogram takeDelays() throws IOException, InterruptedException {
        return onLoop(() -> {
            final Histogram taken = delays.copy();
            delays.reset();
            return taken;
        });
    }

    private void connectNext() {
        if (next == all.size()) {
            return;
        }
        final Subscriber one = all.get(next++);
        client.connect(new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI("/stream")
            .addSubProtocol("strowger.v1+json").addHeader("Authorization", "Bearer " + tokens.get(one.tenant() - 1)))
            .onSuccess(socket -> one.begin(socket, this::onSubscribed, delays, clock, () -> deliveries++))
            .onFailure(fault -> one.fault(fault.toString()));
    }

    private void onSubscribed() {
        subscribed.countDown();
        connectNext();
    }

    private <T> T onLoop(final Callable<T> asked) throws IOException, InterruptedException {
        final FutureTask<T> task = new FutureTask<>(asked);
        loop.runOnContext(begun -> task.run());
        try {
            return task.get(ANSWER_S, TimeUnit.SECONDS);
        } catch (final ExecutionException | TimeoutException e) {
            throw new IOException("the subscribers' loop does not answer: " + e, e);
        }
    }

    /** Hangs up. A second call does nothing. */
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        loop.runOnContext(begun -> all.forEach(Subscriber::end));
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(ANSWER_S, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the subscribers do not hang up", e);
        }
    }
}

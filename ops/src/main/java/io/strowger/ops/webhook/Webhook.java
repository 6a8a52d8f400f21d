package io.strowger.ops.webhook;

import io.strowger.ops.connector.BackOff;
import io.strowger.ops.tls.NetworkFault;
import io.strowger.ops.worker.Worker;
import io.strowger.persistence.tail.JournalTail;
import io.strowger.persistence.tail.TailStart;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Posts events until it is stopped. Any thread starts and stops it; it works on a context of its own, and reads the journal on workers.
 */
public final class Webhook {
    private static final System.Logger LOG = System.getLogger(Webhook.class.getName());
    private static final long NO_TIMER = -1;
    private static final int LOUD_TRIES = 3;

    private final Vertx vertx;
    private final Path journal;
    private final WebhookSettings settings;
    private final WebhookSignature signature;
    private final WebhookBatch batch;
    private final BackOff backOff;
    private final Promise<Void> stopped = Promise.promise();
    private Context context;
    private HttpClient http;
    private JournalTail tail;
    private long timer = NO_TIMER;
    private boolean isStopping;
    private boolean isAtWork;
    private long delivered;
    private int tries;
    private volatile WebhookHealth health;

    /**
     * A webhook that is not started.
     *
     * @param journal  folder of the journal.
     * @param tokenKey of position tokens.
     * @throws IllegalArgumentException when its secret is none.
     */
    public Webhook(final Vertx vertx, final Path journal, final WebhookSettings settings, final byte[] tokenKey) {
        this.vertx = vertx;
        this.journal = journal;
        this.settings = settings;
        this.signature = new WebhookSignature(settings.secret());
        this.batch = new WebhookBatch(settings, tokenKey);
        this.backOff = new BackOff(settings.timings().backOffMs(), settings.timings().capMs(),
            () -> ThreadLocalRandom.current().nextDouble());
        this.health = new WebhookHealth(settings.name(), 0, 0, null, 0);
    }

    /** Begins behind what was taken before; the first time with what comes from now on. */
    public void start() {
        context = vertx.getOrCreateContext();
        http = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout((int)settings.timings().timeoutMs()));
        context.runOnContext(begun -> open());
    }

    /**
     * Stops: what is under way is awaited, or comes again.
     *
     * @return done when nothing of it runs any more.
     */
    public Future<Void> stop() {
        if (null == context) {
            return Future.succeededFuture();
        }
        context.runOnContext(begun -> {
            isStopping = true;
            if (NO_TIMER != timer && vertx.cancelTimer(timer)) {
                isAtWork = false;
            }
            if (!isAtWork) {
                end();
            }
        });
        return stopped.future();
    }

    /** How it is now. */
    public WebhookHealth health() {
        return health;
    }

    private void look() {
        work(() -> batch.fill(tail), looked -> {
            if (batch.count() > 0) {
                post();
            } else if (looked > 0) {
                // nothing of it is wanted: retention need not wait for it
                commit();
            } else {
                later(settings.timings().idleMs(), this::look);
            }
        });
    }

    private void post() {
        isAtWork = true;
        final String body = batch.body();
        final long seconds = System.currentTimeMillis() / 1_000;
        final RequestOptions options = new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(settings.url().toString())
            .putHeader("Content-Type", "application/cloudevents-batch+json; charset=utf-8")
            .putHeader("User-Agent", "strowger")
            .putHeader("webhook-id", batch.id())
            .putHeader("webhook-timestamp", Long.toString(seconds))
            .putHeader("webhook-signature", signature.of(batch.id(), seconds, body));
        http.request(options).compose(request -> request.send(body)).compose(response -> response.end().map(response))
            .timeout(settings.timings().timeoutMs(), TimeUnit.MILLISECONDS)
            .onComplete(answered -> {
                isAtWork = false;
                if (answered.succeeded() && answered.result().statusCode() / 100 == 2) {
                    taken();
                } else {
                    failed(answered.succeeded() ? "answers " + answered.result().statusCode() : NetworkFault.words(answered.cause()),
                        answered.succeeded() ? retryAfterMs(answered.result()) : 0);
                }
            });
    }

    private void taken() {
        delivered += batch.count();
        if (tries > 0) {
            final int before = tries;
            LOG.log(System.Logger.Level.INFO, () -> "webhook " + settings.name() + ": taken again, behind " + before + " tries");
        }
        tries = 0;
        backOff.reset();
        commit();
    }

    private void commit() {
        work(() -> {
            tail.commit();
            return tail.position();
        }, position -> {
            health = new WebhookHealth(settings.name(), delivered, tries, null, position);
            look();
        });
    }

    private void failed(final String why, final long notBeforeMs) {
        tries++;
        health = new WebhookHealth(settings.name(), delivered, tries, why, tail.committedPosition());
        if (tries <= LOUD_TRIES) {
            LOG.log(System.Logger.Level.WARNING, () -> "webhook " + settings.name() + ": " + why + "; it is tried again");
        }
        later(Math.max(notBeforeMs, backOff.next()), this::post);
    }

    /** Reads or writes files on a worker thread; what fails is tried again. */
    private <T> void work(final Callable<T> work, final Handler<T> then) {
        isAtWork = true;
        Worker.callInTurn(vertx, work).onComplete(done -> {
            isAtWork = false;
            if (isStopping) {
                end();
            } else if (done.succeeded()) {
                then.handle(done.result());
            } else {
                onFault(done.cause());
            }
        });
    }

    private void onFault(final Throwable fault) {
        tries++;
        health = new WebhookHealth(settings.name(), delivered, tries, fault.getMessage(), health.position());
        final System.Logger.Level level = tries <= LOUD_TRIES ? System.Logger.Level.ERROR : System.Logger.Level.DEBUG;
        LOG.log(level, () -> "webhook " + settings.name() + ": " + fault.getMessage());
        later(backOff.next(), null == tail ? this::open : this::look);
    }

    private void open() {
        work(() -> tail = JournalTail.open(journal, settings.cursor(), TailStart.end()), opened -> look());
    }

    private void later(final long ms, final Runnable then) {
        if (isStopping) {
            end();
            return;
        }
        isAtWork = true;
        timer = vertx.setTimer(ms, fired -> {
            timer = NO_TIMER;
            isAtWork = false;
            then.run();
        });
    }

    private void end() {
        if (null != tail) {
            tail.close();
        }
        http.close().onComplete(closed -> stopped.tryComplete());
    }

    private static long retryAfterMs(final HttpClientResponse response) {
        final String seconds = response.getHeader("Retry-After");
        return null != seconds && seconds.matches("[0-9]{1,5}") ? Long.parseLong(seconds) * 1_000 : 0;
    }
}

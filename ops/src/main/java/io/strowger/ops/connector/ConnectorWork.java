package io.strowger.ops.connector;

import io.strowger.codecs.action.ActionConnection;
import io.strowger.codecs.action.ActionLimits;
import io.strowger.codecs.ami.AmiActions;
import io.strowger.codecs.esl.EslActions;
import io.strowger.ops.connector.talk.AmiTalk;
import io.strowger.ops.connector.talk.EslTalk;
import io.strowger.ops.connector.talk.EvapiTalk;
import io.strowger.ops.connector.talk.Talk;
import io.strowger.ops.connector.talk.TalkListener;
import io.strowger.ops.worker.Worker;
import io.strowger.router.Router;
import io.strowger.router.pipeline.Channel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.agrona.concurrent.SystemEpochNanoClock;

/**
 * What a connector does, on its own context: learns from the router who its source is, keeps up its lines, looks at the clock.
 *
 * <p>{@link #health()} on any thread, everything else on the context.
 */
final class ConnectorWork {
    private static final long ACTION_MS = 10;
    private static final long MOST_TICK_MS = 1_000;
    private static final int TICKS = 8;
    private static final long DRAIN_MS = 2_000;
    private static final long RESULTS_LIMIT = 4L << 20;
    private static final Logger LOGGER = System.getLogger("io.strowger.ops.connector");

    private final Router router;
    private final ConnectorSettings settings;
    private final LineStatus beforeLines = new LineStatus();
    private final BackOff backOff;
    private Vertx vertx;
    private boolean isEnding;
    private long relisted;
    private RouterWay eventWay;
    private RouterWay resultWay;
    private CommandTraffic commandTraffic;
    private Line commandLine;
    /** The line of events and its traffic, null before the router has answered; written last, for other threads. */
    private volatile Events events;

    ConnectorWork(final Router router, final ConnectorSettings settings) {
        this.router = router;
        this.settings = settings;
        this.backOff = new BackOff(settings.timings().backOffMs(), settings.timings().backOffCapMs(),
            () -> ThreadLocalRandom.current().nextDouble());
    }

    /** Starts. */
    void begin(final Vertx itsVertx) {
        vertx = itsVertx;
        introduce();
    }

    /** Ends: commands first, so that their results come before the end of the source. */
    Future<Void> end() {
        isEnding = true;
        final Events now = events;
        if (null == now) {
            beforeLines.to(ConnectorState.STOPPED, beforeLines.standing().failure());
            return Future.succeededFuture();
        }
        final Future<Void> commandsEnd = null == commandLine ? Future.succeededFuture() : commandLine.end();
        return commandsEnd.compose(done -> now.line().end()).compose(done -> drained(System.nanoTime()));
    }

    ConnectorHealth health() {
        final Events now = events;
        final LineStatus status = null == now ? beforeLines : now.line().status();
        final LineStatus.Standing standing = status.standing();
        final LineStatus.Standing commands = null == now || null == now.commandStatus() ? null : now.commandStatus().standing();
        return new ConnectorHealth(settings.sourceName(), standing.state(), standing.sinceMs(), standing.failure(), status.connections(),
            status.bytesIn(), null == now ? 0 : now.traffic().understood(), null == now ? 0 : now.way().discarded(),
            null == commands ? commandStateBeforeLines() : commands.state(), null == commands ? null : commands.failure());
    }

    private ConnectorState commandStateBeforeLines() {
        return settings.hasCommands() ? beforeLines.standing().state() : null;
    }

    /** Asks the router for the number of the source and how far the journal has it, off this thread: it may take a moment. */
    private void introduce() {
        if (isEnding) {
            return;
        }
        beforeLines.to(ConnectorState.CONNECTING, beforeLines.standing().failure());
        Worker.call(vertx, this::ask).onComplete(asked -> {
            if (isEnding) {
                if (asked.succeeded()) {
                    asked.result().close();
                }
            } else if (asked.succeeded()) {
                open(asked.result());
            } else if (router.isClosed()) {
                beforeLines.to(ConnectorState.STOPPED, "the router is closed");
            } else {
                final long waitMs = backOff.next();
                beforeLines.to(ConnectorState.BACKING_OFF, "the router does not answer: " + asked.cause().getMessage());
                vertx.setTimer(waitMs, fired -> introduce());
            }
        });
    }

    private Introduction ask() {
        final int source = router.sourceNumber(settings.tenant(), settings.sourceName());
        final Channel results = settings.hasCommands() ? router.openChannel() : null;
        return new Introduction(source, router.lastSourceSequence(source), router.openChannel(), results);
    }

    private void open(final Introduction introduction) {
        final int source = introduction.source();
        final ActionConnection actions = settings.hasCommands() ? actions(source) : null;
        final EventTraffic traffic;
        eventWay = new RouterWay(vertx, introduction.events(), settings.spillLimit());
        try {
            traffic = new EventTraffic(settings, eventWay, source, introduction.last(), null == actions ? 0 : actions.capabilities());
        } catch (final IllegalStateException e) {
            introduction.close();
            beforeLines.to(ConnectorState.STOPPED, e.getMessage());
            LOGGER.log(Level.ERROR, () -> settings.sourceName() + ": " + e.getMessage());
            return;
        }
        final Line line = line("", this::eventTalk, traffic);
        if (null != actions) {
            resultWay = new RouterWay(vertx, introduction.results(), RESULTS_LIMIT);
            commandTraffic = new CommandTraffic(vertx, router, source, actions, resultWay);
            commandLine = line(" (commands)", this::commandTalk, commandTraffic);
            commandTraffic.over(commandLine);
            commandLine.connect();
            vertx.setPeriodic(ACTION_MS, fired -> commandTraffic.poll());
        }
        events = new Events(line, traffic, eventWay, null == commandLine ? null : commandLine.status());
        line.connect();
        vertx.setPeriodic(tickMs(), fired -> tick());
    }

    private Line line(final String suffix, final Function<TalkListener, Talk> talks, final Traffic traffic) {
        return new Line(vertx, vertx.createNetClient(options()), settings, settings.sourceName() + suffix, talks, traffic);
    }

    private NetClientOptions options() {
        final ConnectorTimings timings = settings.timings();
        final NetClientOptions options = new NetClientOptions().setConnectTimeout(timings.connectMs()).setTcpKeepAlive(true)
            .setTcpNoDelay(true);
        if (settings.hasTls()) {
            options.setSsl(true).setSslHandshakeTimeout(timings.loginMs())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setHostnameVerificationAlgorithm(settings.checksHostName() ? "HTTPS" : "");
            if (null != settings.trustFile()) {
                options.setTrustOptions(new PemTrustOptions().addCertPath(settings.trustFile().toString()));
            }
        }
        return options;
    }

    private Talk eventTalk(final TalkListener listener) {
        return switch (settings.dialect()) {
            case AMI -> AmiTalk.ofEvents(listener, settings.user(), settings.secret());
            case ESL -> EslTalk.ofEvents(listener, settings.secret(), settings.asJson());
            case KAMAILIO -> new EvapiTalk(listener);
        };
    }

    private Talk commandTalk(final TalkListener listener) {
        return ConnectorDialect.AMI == settings.dialect() ? AmiTalk.ofCommands(listener, settings.user(), settings.secret())
            : EslTalk.ofCommands(listener, settings.secret());
    }

    private ActionConnection actions(final int source) {
        final ActionLimits limits = ActionLimits.of(source, settings.tenant());
        final long epochNs = SystemEpochNanoClock.INSTANCE.nanoTime();
        return ConnectorDialect.AMI == settings.dialect()
            ? new AmiActions(settings.amiActions(limits), epochNs) : new EslActions(settings.eslActions(limits), epochNs);
    }

    private long tickMs() {
        final ConnectorTimings timings = settings.timings();
        final int shortest = Math.min(Math.min(timings.heartbeatMs(), timings.heartbeatTimeoutMs()), timings.loginMs());
        return Math.max(1, Math.min(MOST_TICK_MS, shortest / TICKS));
    }

    private void tick() {
        final Line line = events.line();
        if (router.isClosed() && !isEnding) {
            isEnding = true;
            stopLine(line);
            if (null != commandLine) {
                stopLine(commandLine);
            }
            return;
        }
        line.tick();
        if (null != commandLine) {
            commandLine.tick();
        }
        relist(line);
    }

    private static void stopLine(final Line line) {
        line.status().complain("the router is closed");
        line.end().onComplete(done -> LOGGER.log(Level.DEBUG, "stopped: the router is closed"));
    }

    /** Where signals were discarded, the source stays stale in the router until it is listed: once there is room again. */
    private void relist(final Line line) {
        final long discarded = eventWay.discarded();
        if (discarded > relisted && eventWay.isDrained() && line.list()) {
            relisted = discarded;
        }
    }

    /** Waits until the router has what was said last, but not for long. */
    private Future<Void> drained(final long sinceNs) {
        final Promise<Void> done = Promise.promise();
        awaitDrained(sinceNs, done);
        return done.future();
    }

    private void awaitDrained(final long sinceNs, final Promise<Void> done) {
        final boolean isDrained = eventWay.isDrained() && (null == resultWay || resultWay.isDrained());
        if (isDrained || System.nanoTime() - sinceNs > TimeUnit.MILLISECONDS.toNanos(DRAIN_MS)) {
            eventWay.close();
            if (null != resultWay) {
                resultWay.close();
            }
            done.complete();
        } else {
            vertx.setTimer(1, fired -> awaitDrained(sinceNs, done));
        }
    }

    /** What the router has answered. */
    private record Introduction(int source, long last, Channel events, Channel results) {
        void close() {
            events.close();
            if (null != results) {
                results.close();
            }
        }
    }

    /** What there is to say of the connection of events, and how the one of commands stands. */
    private record Events(Line line, EventTraffic traffic, RouterWay way, LineStatus commandStatus) {
    }
}

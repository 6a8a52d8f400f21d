package io.strowger.ops.gateway.action;

import io.strowger.codecs.json.JsonNames;
import io.strowger.codecs.sbe.AuditKind;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.ops.access.AccessGate;
import io.strowger.ops.access.Admitted;
import io.strowger.ops.access.Credential;
import io.strowger.ops.gateway.stream.Pumped;
import io.strowger.ops.gateway.web.Problem;
import io.strowger.ops.worker.Worker;
import io.strowger.router.Router;
import io.strowger.router.action.ActionAnswer;
import io.strowger.router.action.ActionAnswerHandler;
import io.strowger.router.action.ActionClient;
import io.strowger.router.action.ActionGrant;
import io.strowger.router.status.ReturnCode;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The asks of all applications that come to a gateway: one handle for each application, however many connections it has. On the gateway's
 * loop; a handle is opened on a worker thread.
 */
public final class Asks implements Pumped {
    private static final System.Logger LOG = System.getLogger(Asks.class.getName());
    private static final int LIMIT = 64;

    private final Vertx vertx;
    private final Router router;
    private final AccessGate gate;
    private final ActionJson json;
    private final Map<String, Asker> askers = new HashMap<>();
    /** Of applications whose grant has changed or is gone: what they have asked for has its end first. */
    private final List<Asker> leaving = new ArrayList<>();
    /** By application, while a handle of it is opened. */
    private final Map<String, ArrayDeque<Waiting>> waiting = new HashMap<>();
    /** Why no handle could be opened the last time; null when one could. */
    private String told;
    private boolean isClosed;
    private Runnable asking = () -> { };

    /**
     * Asks of nobody yet.
     *
     * @param gate knows who may ask at all.
     */
    public Asks(final Vertx vertx, final Router router, final AccessGate gate) {
        this.vertx = vertx;
        this.router = router;
        this.json = new ActionJson(router.clock());
        this.gate = gate;
    }

    /** What asks the pump for a turn, when somebody waits for an answer. */
    public void askedBy(final Runnable pump) {
        asking = pump;
    }

    /**
     * Asks for an action.
     *
     * @param text     of the action, JSON.
     * @param listener hears of it, if it is taken.
     * @return fails with a {@link Problem} when it is not taken.
     */
    public Future<Void> ask(final Admitted caller, final String text, final AskListener listener) {
        return askerOf(caller).map(asker -> {
            json.read(text);
            final String action = json.action();
            asker.ask(json.buffer(), json.length(), "nativeId", answer -> listener.onAnswer(null == answer ? null : told(answer, action),
                null == answer || answer.isFinal()));
            asking.run();
            return null;
        });
    }

    /**
     * Asks for an action.
     *
     * @param signal   one of the actions of the schema, from its header on.
     * @param listener hears of it, if it is taken.
     * @return fails with a {@link Problem} when it is not taken.
     */
    public Future<Void> ask(final Admitted caller, final byte[] signal, final AnswerListener listener) {
        return askerOf(caller).map(asker -> {
            asker.ask(new UnsafeBuffer(signal), signal.length, "nativeId or key", listener);
            asking.run();
            return null;
        });
    }

    private static JsonObject told(final ActionAnswer answer, final String action) {
        final JsonObject told = new JsonObject().put("key", answer.key()).put("action", action)
            .put("status", JsonNames.kebab(answer.status().name())).put("text", answer.text())
            .put("nativeId", answer.nativeId().isEmpty() ? null : answer.nativeId());
        return answer.isRepeated() ? told.put("repeated", true) : told;
    }

    private Future<Asker> askerOf(final Admitted caller) {
        if (isClosed) {
            return Future.failedFuture(Problem.unavailable("the server stops"));
        }
        final Problem leaving = Problem.leaving(caller.standing());
        if (null != leaving) {
            return Future.failedFuture(leaving);
        }
        final Credential credential = caller.credential();
        final ActionGrant grant = credential.act();
        if (null == grant) {
            caller.note(AuditKind.REFUSED, "has asked for an action, and may ask for none");
            return Future.failedFuture(nothing());
        }
        if (!caller.takeAction()) {
            return Future.failedFuture(Problem.tooMany("this application asks for more actions than it may"));
        }
        return asker(credential.name(), grant);
    }

    private static Problem nothing() {
        return Problem.forbidden("this application asks for no actions");
    }

    /** Who comes while a handle is opened waits behind those who do already: asks are passed on in the order in which they came. */
    private Future<Asker> asker(final String name, final ActionGrant grant) {
        final ArrayDeque<Waiting> before = waiting.get(name);
        final Asker there = askers.get(name);
        if (null == before && null != there && there.goesOnFor(grant)) {
            return Future.succeededFuture(there);
        }
        final Waiting last = new Waiting(grant, Promise.promise());
        waiting.computeIfAbsent(name, of -> new ArrayDeque<>()).add(last);
        if (null == before) {
            open(name, grant);
        }
        return last.asker().future();
    }

    private void open(final String name, final ActionGrant grant) {
        Worker.callInTurn(vertx, () -> router.openActions(grant)).map(client -> replace(name, client))
            .onComplete(opened -> pass(name, grant, opened));
    }

    /** Those who wait for what was opened go on, one after the other; what the next one needs is opened then. */
    private void pass(final String name, final ActionGrant grant, final AsyncResult<Asker> opened) {
        final Throwable fault = opened.succeeded() ? null : problem(opened.cause());
        final ArrayDeque<Waiting> all = waiting.get(name);
        while (!all.isEmpty() && all.peek().grant().equals(grant)) {
            // who comes meanwhile is the last one of them
            final Waiting next = all.poll();
            if (null == fault) {
                next.asker().complete(opened.result());
            } else {
                next.asker().fail(fault);
            }
        }
        if (all.isEmpty()) {
            waiting.remove(name);
        } else {
            open(name, all.peek().grant());
        }
    }

    /** What the router has said is for the log, once: who asks is told that it is so. */
    private Throwable problem(final Throwable fault) {
        if (!(fault instanceof IllegalStateException)) {
            return fault;
        }
        final String text = String.valueOf(fault.getMessage());
        if (!text.equals(told)) {
            told = text;
            LOG.log(System.Logger.Level.WARNING, () -> "no actions can be asked for: " + text);
        }
        return Problem.unavailable("no actions can be asked for now");
    }

    /** Of a grant that was changed the handle that is there ends. */
    private Asker replace(final String name, final ActionClient client) {
        if (isClosed) {
            client.close();
            throw Problem.unavailable("the server stops");
        }
        if (!gate.mayAct(name)) {
            // taken from it while this was opened: the grant is in the journal again
            client.close();
            revoke(client.grant());
            throw nothing();
        }
        final Asker there = askers.get(name);
        if (null != there) {
            // of another grant: what it has asked for has its end first
            leaving.add(there);
        }
        told = null;
        final Asker asker = new Asker(client);
        askers.put(name, asker);
        return asker;
    }

    private void revoke(final ActionGrant grant) {
        Worker.callInTurn(vertx, () -> router.revokeActions(grant)).onFailure(fault ->
            LOG.log(System.Logger.Level.WARNING, () -> grant.clientId() + ": its grant could not be taken back: " + fault.getMessage()));
    }

    @Override
    public int turn() {
        int work = 0;
        for (final Asker asker : askers.values()) {
            work += asker.turn();
        }
        for (final Asker asker : leaving) {
            work += asker.turn();
        }
        return work;
    }

    /** Answers that wait come with the journal, or with a tick that the pump's second brings. */
    @Override
    public boolean isResting() {
        return Stream.concat(askers.values().stream(), leaving.stream()).allMatch(Asker::hasNoListener);
    }

    /** A grant that changes is seen with the next ask; behind one that is gone none comes. */
    @Override
    public void check() {
        for (final Iterator<Map.Entry<String, Asker>> all = askers.entrySet().iterator(); all.hasNext();) {
            final Map.Entry<String, Asker> next = all.next();
            if (!gate.mayAct(next.getKey())) {
                leaving.add(next.getValue());
                all.remove();
            }
        }
        for (final Iterator<Asker> all = leaving.iterator(); all.hasNext();) {
            final Asker next = all.next();
            if (next.hasNoListener()) {
                next.close();
                all.remove();
            }
        }
    }

    /** How many handles are open. On the gateway's loop. */
    int handles() {
        return askers.size() + leaving.size();
    }

    @Override
    public void end(final Problem why) {
        close();
    }

    @Override
    public boolean isOver() {
        return false;
    }

    /** Ends every one. */
    public void close() {
        isClosed = true;
        askers.values().forEach(Asker::close);
        askers.clear();
        leaving.forEach(Asker::close);
        leaving.clear();
    }

    /** One who waits for a handle of this grant. */
    private record Waiting(ActionGrant grant, Promise<Asker> asker) {
    }

    /** One application's handle and who listens. */
    private static final class Asker implements ActionAnswerHandler {
        private final ActionClient client;
        private final Map<Long, AnswerListener> listeners = new HashMap<>();
        private boolean isOver;

        Asker(final ActionClient client) {
            this.client = client;
        }

        boolean hasNoListener() {
            return listeners.isEmpty();
        }

        boolean goesOnFor(final ActionGrant grant) {
            return !isOver && client.grant().equals(grant);
        }

        /** The name is of what may be missing or too long. */
        void ask(final DirectBuffer signal, final int length, final String name, final AnswerListener listener) {
            final long code = client.ask(signal, 0, length);
            if (code > 0) {
                listeners.put(code, listener);
            } else if (ReturnCode.BACK_PRESSURED == code) {
                throw Problem.tooMany("too many actions of this application wait for their end");
            } else if (ReturnCode.CLOSED == code) {
                throw Problem.unavailable("the router ends");
            } else {
                throw Problem.badRequest("not taken: " + reason(code, name));
            }
        }

        private static String reason(final long code, final String name) {
            final RejectReason reason = RejectReason.get((short)ReturnCode.rejectReason(code));
            return switch (reason) {
                case NATIVE_ID_MISSING -> name + " is missing";
                case NATIVE_ID_TOO_LONG -> name + " is too long";
                default -> reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            };
        }

        int turn() {
            try {
                final int code = isOver ? 0 : client.poll(this, LIMIT);
                if (code < 0) {
                    close();
                }
                return Math.max(0, code);
            } catch (final RuntimeException fault) {
                // what is wrong with one application's handle ends nobody else's
                LOG.log(System.Logger.Level.WARNING, () -> client.grant().clientId() + ": its actions have no end here: " + fault);
                close();
                return 0;
            }
        }

        void close() {
            if (!isOver) {
                isOver = true;
                client.close();
                // it may be done or not: who asks again with the same key will hear
                final List<AnswerListener> all = List.copyOf(listeners.values());
                listeners.clear();
                all.forEach(listener -> tell(listener, null));
            }
        }

        @Override
        public void onAnswer(final ActionAnswer answer) {
            final AnswerListener listener = answer.isFinal() ? listeners.remove(answer.ask()) : listeners.get(answer.ask());
            if (null != listener) {
                tell(listener, answer);
            }
        }

        /** One that fails hears no more; the answers behind it come all the same. */
        private static void tell(final AnswerListener listener, final ActionAnswer answer) {
            try {
                listener.onAnswer(answer);
            } catch (final RuntimeException fault) {
                LOG.log(System.Logger.Level.WARNING, () -> "who asked for an action could not be told: " + fault);
            }
        }
    }
}

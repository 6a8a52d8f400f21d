package io.strowger.ops.gateway.action;

import io.strowger.ops.gateway.web.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/**
 * Answers a request once: with the end of its action; or, where that takes long or nobody wants to wait, with how it stands, or that
 * nothing is known of it: who wants the end asks again with the same key. On the gateway's loop.
 */
public final class ActionReply implements AskListener {
    /** Shorter than any idle timeout on the way. */
    private static final long LONGEST_WAIT_MS = 50_000;
    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final boolean isAsynchronous;
    private final long timer;
    private JsonObject latest;

    /**
     * An answer that waits.
     *
     * @param isAsynchronous whether nobody wants to wait for the end.
     */
    public ActionReply(final Vertx vertx, final HttpServerResponse response, final boolean isAsynchronous) {
        this(vertx, response, isAsynchronous, LONGEST_WAIT_MS);
    }

    ActionReply(final Vertx vertx, final HttpServerResponse response, final boolean isAsynchronous, final long longestMs) {
        this.vertx = vertx;
        this.response = response;
        this.isAsynchronous = isAsynchronous;
        this.timer = vertx.setTimer(longestMs, waited -> {
            if (null == latest) {
                onAnswer(null, true);
            } else {
                answer(ACCEPTED, latest);
            }
        });
        response.closeHandler(gone -> over());
    }

    /** Nobody waits: it has gone, or was told why the action was not taken. */
    public void over() {
        vertx.cancelTimer(timer);
    }

    @Override
    public void onAnswer(final JsonObject answer, final boolean isFinal) {
        latest = answer;
        if (null == answer) {
            vertx.cancelTimer(timer);
            if (!response.ended() && !response.closed()) {
                Problem.unavailable("it is not known here what becomes of it: ask again with the same key").answer(response);
            }
        } else if (isFinal || isAsynchronous) {
            answer(isFinal ? OK : ACCEPTED, answer);
        }
    }

    private void answer(final int status, final JsonObject answer) {
        vertx.cancelTimer(timer);
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(status).putHeader("Content-Type", "application/json").end(answer.encode()).onFailure(gone -> { });
        }
    }
}

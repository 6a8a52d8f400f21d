package io.strowger.ops.gateway.web;

import io.strowger.ops.access.Standing;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/**
 * Why a request is refused, as RFC 9457 has it.
 */
public final class Problem extends RuntimeException {
    /** The request is wrong. */
    public static final int BAD_REQUEST = 400;
    /** Nobody is known by that token. */
    public static final int UNAUTHORIZED = 401;
    /** It may not. */
    public static final int FORBIDDEN = 403;
    /** There is nothing. */
    public static final int NOT_FOUND = 404;
    /** Not by this method. */
    public static final int NOT_ALLOWED = 405;
    /** It is no longer there. */
    public static final int GONE = 410;
    /** It is too long. */
    public static final int TOO_LARGE = 413;
    /** It asks for more than it may. */
    public static final int TOO_MANY = 429;
    /** Not now. */
    public static final int UNAVAILABLE = 503;

    private static final long serialVersionUID = 1L;
    /** Instead of a number. */
    public static final long NOT_TOLD = -1;

    private static final long NOTHING_MISSED = -1;

    private final int status;
    private final String title;
    /** Methods that there are; null where that is not the problem. */
    private final String allowed;
    private final long missed;

    private Problem(final int status, final String title, final String detail) {
        this(status, title, detail, null, NOTHING_MISSED);
    }

    private Problem(final int status, final String title, final String detail, final String allowed, final long missed) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.allowed = allowed;
        this.missed = missed;
    }

    /** The request is wrong. */
    public static Problem badRequest(final String detail) {
        return new Problem(BAD_REQUEST, "Bad Request", detail);
    }

    /** Nobody is known by that token. */
    public static Problem unauthorized() {
        return new Problem(UNAUTHORIZED, "Unauthorized", "show a token that is known here and has not expired");
    }

    /** Why one has to leave who stands so; null when he has not to. */
    public static Problem leaving(final Standing standing) {
        return switch (standing) {
            case GOOD -> null;
            case CHANGED -> unavailable("what this application may read has changed: come again, and go on behind the last position");
            case VOID -> unauthorized();
        };
    }

    /** This application may not. */
    public static Problem forbidden(final String detail) {
        return new Problem(FORBIDDEN, "Forbidden", detail);
    }

    /** There is nothing. */
    public static Problem notFound() {
        return notFound("there is nothing here");
    }

    /** There is nothing, and why. */
    public static Problem notFound(final String detail) {
        return new Problem(NOT_FOUND, "Not Found", detail);
    }

    /**
     * It is there, but by another method.
     *
     * @param allowed methods, with commas.
     */
    public static Problem notAllowed(final String allowed) {
        return new Problem(NOT_ALLOWED, "Method Not Allowed", "the method here is " + allowed, allowed, NOTHING_MISSED);
    }

    /** What was asked for is no longer there. */
    public static Problem gone(final String detail) {
        return new Problem(GONE, "Gone", detail);
    }

    /**
     * The reader was too slow.
     *
     * @param missed how many events were not sent; negative when that is not told.
     */
    public static Problem fellBehind(final long missed) {
        return new Problem(GONE, "Gone", "fell behind: " + (missed < 0 ? "" : missed + " events were not sent; ")
            + "go on behind the last that was", null, Math.max(0, missed));
    }

    /** It asks for more than it may. */
    public static Problem tooMany(final String detail) {
        return new Problem(TOO_MANY, "Too Many Requests", detail);
    }

    /** It is too long. */
    public static Problem tooLarge(final String detail) {
        return new Problem(TOO_LARGE, "Content Too Large", detail);
    }

    /** Not now. */
    public static Problem unavailable(final String detail) {
        return new Problem(UNAVAILABLE, "Service Unavailable", detail);
    }

    /** What a library has refused, by its status. */
    public static Problem ofStatus(final int status) {
        return new Problem(status, "Refused", "refused");
    }

    /** The status of HTTP: one of those here. */
    public int status() {
        return status;
    }

    /** How many events were not sent to a reader that was too slow, 0 when that is not told; negative of every other problem. */
    public long missed() {
        return missed;
    }

    /** As it is told. */
    public JsonObject json() {
        return new JsonObject().put("type", "about:blank").put("title", title).put("status", status).put("detail", getMessage());
    }

    /** Answers with it; nothing may have been written before. */
    public void answer(final HttpServerResponse response) {
        if (UNAUTHORIZED == status) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        if (null != allowed) {
            response.putHeader("Allow", allowed);
        }
        if (TOO_MANY == status || UNAVAILABLE == status) {
            response.putHeader("Retry-After", "1");
        }
        response.setStatusCode(status).putHeader("Content-Type", "application/problem+json").end(json().encode())
            .onFailure(gone -> { });
    }
}

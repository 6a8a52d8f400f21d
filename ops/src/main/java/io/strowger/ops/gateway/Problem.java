package io.strowger.ops.gateway;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/**
 * Why a request is refused, as RFC 9457 has it.
 */
final class Problem extends RuntimeException {
    static final int BAD_REQUEST = 400;
    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int GONE = 410;
    static final int TOO_LARGE = 413;
    static final int TOO_MANY = 429;
    static final int UNAVAILABLE = 503;

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;

    private Problem(final int status, final String title, final String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
    }

    static Problem badRequest(final String detail) {
        return new Problem(BAD_REQUEST, "Bad Request", detail);
    }

    static Problem unauthorized() {
        return new Problem(UNAUTHORIZED, "Unauthorized", "show a token that is known here and has not expired");
    }

    static Problem forbidden(final String detail) {
        return new Problem(FORBIDDEN, "Forbidden", detail);
    }

    static Problem notFound() {
        return new Problem(NOT_FOUND, "Not Found", "there is nothing here");
    }

    static Problem gone(final String detail) {
        return new Problem(GONE, "Gone", detail);
    }

    static Problem tooMany(final String detail) {
        return new Problem(TOO_MANY, "Too Many Requests", detail);
    }

    static Problem tooLarge(final String detail) {
        return new Problem(TOO_LARGE, "Content Too Large", detail);
    }

    static Problem unavailable(final String detail) {
        return new Problem(UNAVAILABLE, "Service Unavailable", detail);
    }

    /** What a library has refused, by its status. */
    static Problem ofStatus(final int status) {
        return new Problem(status, "Refused", "refused");
    }

    JsonObject json() {
        return new JsonObject().put("type", "about:blank").put("title", title).put("status", status).put("detail", getMessage());
    }

    /** Answers with it; nothing may have been written before. */
    void answer(final HttpServerResponse response) {
        if (UNAUTHORIZED == status) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        if (TOO_MANY == status || UNAVAILABLE == status) {
            response.putHeader("Retry-After", "1");
        }
        response.setStatusCode(status).putHeader("Content-Type", "application/problem+json").end(json().encode())
            .onFailure(gone -> { });
    }
}

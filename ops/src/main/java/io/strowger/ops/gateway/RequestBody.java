package io.strowger.ops.gateway;

import io.strowger.ops.gateway.web.JsonText;
import io.strowger.ops.gateway.web.Problem;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * The body of a request of somebody who was let in: it is read no further than it may be long. On the gateway's loop.
 */
final class RequestBody {
    private final Buffer bytes = Buffer.buffer();
    private boolean isOver;

    private RequestBody() {
    }

    /**
     * Reads it.
     *
     * @param most   bytes.
     * @param onText takes it as text when it is whole.
     * @param onFail takes it that it is too long, or no text.
     */
    static void read(final HttpServerRequest request, final int most, final Handler<String> onText, final Handler<Problem> onFail) {
        final RequestBody body = new RequestBody();
        request.handler(part -> {
            body.bytes.appendBuffer(body.isOver ? Buffer.buffer() : part);
            if (!body.isOver && body.bytes.length() > most) {
                body.isOver = true;
                onFail.handle(Problem.tooLarge("a body has at most " + most + " bytes"));
            }
        });
        request.endHandler(ended -> {
            if (!body.isOver) {
                final String text = JsonText.utf8(body.bytes);
                if (null == text) {
                    onFail.handle(Problem.badRequest("a body is UTF-8"));
                } else {
                    onText.handle(text);
                }
            }
        });
    }
}

package io.strowger.ops.gateway;

import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/**
 * Reads requests, but none with two lengths: what stands before this server might believe the other one, and take what follows for another
 * request. Several Content-Lengths are refused by what it stands on. On the gateway's loop.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {
    /** The name in the pipeline of what it stands for. */
    static final String NAME = "httpDecoder";

    StrictRequestDecoder(final HttpServerOptions options) {
        super(options);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(final HttpMessage message) {
        throw new IllegalArgumentException("Content-Length beside Transfer-Encoding");
    }
}

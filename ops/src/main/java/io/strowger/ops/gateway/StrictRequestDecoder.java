package io.strowger.ops.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads requests, but none that can be read in two ways: what stands before this server might read the other one. Those are requests of two
 * lengths, with a header that goes on in the next line, of two hosts or of none, of two who ask, and for anything but a path. Several
 * Content-Lengths are refused by what it stands on. On the gateway's loop.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {
    /** The name in the pipeline of what it stands for. */
    static final String NAME = "httpDecoder";

    private static final Pattern HOST = Pattern.compile("(?:[A-Za-z0-9._-]+|\\[([^]]*)])(?::([0-9]{1,5}))?");
    private static final String NOT_TOLD = "localhost";
    private static final int MOST_PORT = 65_535;

    private boolean isInHead = true;
    private boolean isFolded;
    private boolean isLineBegun;

    StrictRequestDecoder(final HttpServerOptions options) {
        super(options);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(final HttpMessage message) {
        throw new IllegalArgumentException("Content-Length beside Transfer-Encoding");
    }

    @Override
    protected void decode(final ChannelHandlerContext context, final ByteBuf bytes, final List<Object> out) throws Exception {
        final int from = bytes.readerIndex();
        final int before = out.size();
        super.decode(context, bytes, out);
        if (isInHead) {
            // a head that is whole ends what is read in one go
            look(bytes, from, bytes.readerIndex());
        }
        for (int i = before; i < out.size(); i++) {
            final Object part = out.get(i);
            if (part instanceof HttpRequest request) {
                check(request);
                isInHead = false;
                isFolded = false;
                isLineBegun = false;
            }
            isInHead |= part instanceof LastHttpContent;
        }
    }

    /** Looks for a line that begins with a space. */
    private void look(final ByteBuf bytes, final int from, final int to) {
        for (int i = from; i < to; i++) {
            final byte value = bytes.getByte(i);
            isFolded |= isLineBegun && (' ' == value || '\t' == value);
            isLineBegun = '\n' == value;
        }
    }

    private void check(final HttpRequest request) {
        final HttpHeaders headers = request.headers();
        final List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.isEmpty() && HttpVersion.HTTP_1_0.equals(request.protocolVersion())) {
            headers.set(HttpHeaderNames.HOST, NOT_TOLD);
        } else if (1 != hosts.size() || !isHost(hosts.get(0))) {
            refuse(request, "one Host is wanted");
        }
        if (isFolded) {
            refuse(request, "a header goes on in the next line");
        } else if (headers.getAll(HttpHeaderNames.AUTHORIZATION).size() > 1) {
            refuse(request, "two Authorizations");
        } else if (!request.uri().startsWith("/")) {
            refuse(request, "the target is no path");
        }
    }

    private static boolean isHost(final String host) {
        final Matcher parts = HOST.matcher(host);
        return parts.matches() && (null == parts.group(1) || NetUtil.isValidIpV6Address(parts.group(1)))
            && (null == parts.group(2) || Integer.parseInt(parts.group(2)) <= MOST_PORT);
    }

    /** What answers it must not stumble over what is wrong with it. */
    private static void refuse(final HttpRequest request, final String why) {
        request.headers().set(HttpHeaderNames.HOST, NOT_TOLD);
        request.setUri("/");
        if (request.decoderResult().isSuccess()) {
            request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(why)));
        }
    }
}

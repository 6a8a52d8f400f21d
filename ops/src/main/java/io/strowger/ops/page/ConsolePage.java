package io.strowger.ops.page;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The files of the console page, at {@code /} and below {@code /page/}. They hold no data and are for anybody; what the page shows it asks
 * for with a token. A browser is told to run and load nothing but these files, and to show them in no other page's frame.
 *
 * <p>Read once. On the gateway's loop.
 */
public final class ConsolePage {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final String INDEX = "index.html";
    private static final List<String> FILES = List.of("calls.js", "console.css", "console.js", "fold.js", "health.js", "icon.svg",
        "link.js", "operate.js", "picture.js", "table.js", "text.js", "user.js");

    private ConsolePage() {
    }

    /** Adds its routes. */
    public static void addTo(final Router web) {
        final Buffer index = read(INDEX);
        web.get("/").handler(context -> answer(context, INDEX, index));
        for (final String name : FILES) {
            final Buffer file = read(name);
            web.get("/page/" + name).handler(context -> answer(context, name, file));
        }
    }

    private static void answer(final RoutingContext context, final String name, final Buffer file) {
        final HttpServerResponse response = context.response();
        response.putHeader("Content-Type", type(name)).putHeader("Content-Security-Policy", POLICY)
            .putHeader("Referrer-Policy", "no-referrer").putHeader("Cross-Origin-Opener-Policy", "same-origin");
        // asked for again each time: a page of one version must not meet scripts of another
        response.putHeader("Cache-Control", "no-store").end(file).onFailure(gone -> { });
    }

    private static String type(final String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> "text/javascript; charset=utf-8";
        };
    }

    private static Buffer read(final String name) {
        try (InputStream file = ConsolePage.class.getResourceAsStream(name)) {
            return Buffer.buffer(file.readAllBytes());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

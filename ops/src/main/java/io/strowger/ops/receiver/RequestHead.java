package io.strowger.ops.receiver;

import io.strowger.codecs.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the receiver itself reads of a request: who sends it, and how he wants to be answered. One thread.
 */
final class RequestHead {
    private static final String TOKEN = "sw_";
    private static final Pattern HIDDEN = Pattern.compile("sw_[A-Za-z0-9_-]{20,}");
    private static final int MINOR_VERSION = 8;

    private final String method;
    private final String target;
    private final boolean isKeptAlive;
    private final boolean expectsContinue;
    private final boolean isDoubtful;
    /** Of a pair of name and password; null where none was shown. */
    private final String name;
    /** Null where none was shown. */
    private final String token;

    RequestHead(final HttpRequest request) {
        final String head = new String(request.bytes(), 0, request.bodyOffset(), StandardCharsets.ISO_8859_1);
        final int end = request.targetOffset() + request.targetLength();
        method = head.substring(0, request.methodLength());
        final String authorization = header(head, "authorization");
        final String connection = header(head, "connection").toLowerCase(Locale.ROOT);
        isKeptAlive = '0' == head.charAt(end + MINOR_VERSION) ? connection.contains("keep-alive") : !connection.contains("close");
        expectsContinue = "100-continue".equalsIgnoreCase(header(head, "expect"));
        isDoubtful = canBeReadInTwoWays(head);
        final StringBuilder path = new StringBuilder();
        final String inPath = cut(head.substring(request.targetOffset(), end), path);
        target = hide(path.toString());
        final String[] pair = pair(authorization);
        name = pair[0];
        token = null == pair[1] ? inPath : pair[1];
    }

    String method() {
        return method;
    }

    /** Without any token. */
    String target() {
        return target;
    }

    boolean isKeptAlive() {
        return isKeptAlive;
    }

    /** Whether the body comes only when it is asked for. */
    boolean expectsContinue() {
        return expectsContinue;
    }

    /** Whether two readers could read two things: a header goes on in the next line or has a space in its name, or there are two of one. */
    boolean isDoubtful() {
        return isDoubtful;
    }

    String name() {
        return name;
    }

    String token() {
        return token;
    }

    /**
     * The request as a translator gets it: method, target and body, without any token.
     *
     * @param request whole, or cut where it is too long.
     */
    byte[] clean(final HttpRequest request) {
        final String body = hide(new String(request.bytes(), request.bodyOffset(), request.bodyLength(), StandardCharsets.ISO_8859_1));
        final String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
        return (method + ' ' + target + " HTTP/1.1\r\n" + length + "\r\n" + body).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A token's characters are written over: nobody who reads the journal shall have it, wherever it stood. */
    private static String hide(final String text) {
        return text.contains(TOKEN) ? HIDDEN.matcher(text).replaceAll(found -> "*".repeat(found.end() - found.start())) : text;
    }

    /**
     * Cuts the tokens out of the path.
     *
     * @param rest gets the target without them.
     * @return the first of them, or null.
     */
    private static String cut(final String target, final StringBuilder rest) {
        final int query = target.indexOf('?');
        final int end = query < 0 ? target.length() : query;
        String found = null;
        int at = 0;
        while (at < end) {
            final int slash = target.indexOf('/', at + 1);
            final int next = slash < 0 || slash > end ? end : slash;
            if (target.startsWith("/" + TOKEN, at)) {
                found = null == found ? target.substring(at + 1, next) : found;
            } else {
                rest.append(target, at, next);
            }
            at = next;
        }
        if (0 == rest.length()) {
            rest.append('/');
        }
        rest.append(target, end, target.length());
        return found;
    }

    /** Name and token of the header: the name null where there is only a token, both where there is none. */
    private static String[] pair(final String authorization) {
        final int space = authorization.indexOf(' ');
        if (space > 0) {
            final String value = authorization.substring(space + 1).strip();
            final String scheme = authorization.substring(0, space).toLowerCase(Locale.ROOT);
            if ("bearer".equals(scheme)) {
                return new String[] {null, value};
            }
            if ("basic".equals(scheme)) {
                return basic(value);
            }
        }
        return new String[] {null, null};
    }

    /** What is no pair is a wrong one. */
    private static String[] basic(final String value) {
        try {
            final String text = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
            final int colon = text.indexOf(':');
            return new String[] {text.substring(0, Math.max(0, colon)), text.substring(colon + 1)};
        } catch (final IllegalArgumentException e) {
            return new String[] {"", ""};
        }
    }

    private static boolean canBeReadInTwoWays(final String head) {
        int hosts = 0;
        int authorizations = 0;
        boolean isOdd = false;
        int from = head.indexOf('\n') + 1;
        while (from > 0 && from < head.length()) {
            final int end = head.indexOf('\n', from);
            final int colon = head.indexOf(':', from);
            final String name = colon < from || colon > end ? "" : head.substring(from, colon);
            isOdd |= ' ' == head.charAt(from) || '\t' == head.charAt(from) || name.indexOf(' ') >= 0 || name.indexOf('\t') >= 0;
            hosts += "host".equalsIgnoreCase(name) ? 1 : 0;
            authorizations += "authorization".equalsIgnoreCase(name) ? 1 : 0;
            from = end + 1;
        }
        return isOdd || hosts > 1 || authorizations > 1;
    }

    /** The value of the first header of a name, empty for none. */
    private static String header(final String head, final String wanted) {
        int from = head.indexOf('\n') + 1;
        while (from > 0 && from < head.length()) {
            final int end = head.indexOf('\n', from);
            final int colon = head.indexOf(':', from);
            if (colon == from + wanted.length() && colon < end && head.regionMatches(true, from, wanted, 0, wanted.length())) {
                return head.substring(colon + 1, end).strip();
            }
            from = end + 1;
        }
        return "";
    }
}

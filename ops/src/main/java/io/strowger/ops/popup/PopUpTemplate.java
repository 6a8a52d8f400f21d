package io.strowger.ops.popup;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address with placeholders, which are filled in with each byte but letters, digits and {@code -._~} percent-encoded: whatever a caller
 * calls himself, it stays one value. They stand behind the host, so that nobody who calls has a say in where a user is sent. In the path a
 * value of one or two dots is left empty: a browser would go up by it, encoded or not. Immutable; any thread.
 */
public final class PopUpTemplate {
    /** What may stand in braces. */
    public static final List<String> PLACEHOLDERS = List.of("remoteParty", "remoteName", "localUser", "callId", "sessionId", "tenant");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern HOST = Pattern.compile("https?://[^/?#{}]+(?=[/?#]|$)");
    private static final Pattern DOTS = Pattern.compile("(?i)(\\.|%2e){1,2}");
    private static final String UNRESERVED = "-._~";

    /** What stands before the first placeholder, between two, and behind the last. */
    private final List<String> texts = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    /** How many of the placeholders stand in the path: the first ones. */
    private final int inPath;

    /**
     * Reads one.
     *
     * @param url {@code http:} or {@code https:}, with placeholders in braces.
     * @throws IllegalArgumentException that says what is wrong with it.
     */
    public PopUpTemplate(final String url) {
        fault(url).ifPresent(fault -> {
            throw new IllegalArgumentException(url + " " + fault);
        });
        final Matcher placeholder = PLACEHOLDER.matcher(url);
        final int pathEnd = path(url).length();
        int from = 0;
        int count = 0;
        while (placeholder.find()) {
            count += placeholder.start() < pathEnd ? 1 : 0;
            texts.add(url.substring(from, placeholder.start()));
            names.add(placeholder.group(1));
            from = placeholder.end();
        }
        texts.add(url.substring(from));
        inPath = count;
    }

    /** What is wrong with one, if anything. */
    public static Optional<String> fault(final String url) {
        if (!HOST.matcher(url).lookingAt()) {
            return Optional.of("is http:// or https:// and a host; placeholders stand behind that");
        }
        final Matcher placeholder = PLACEHOLDER.matcher(url);
        while (placeholder.find()) {
            if (!PLACEHOLDERS.contains(placeholder.group(1))) {
                return Optional.of("there is no placeholder " + placeholder.group() + "; there are " + String.join(", ", PLACEHOLDERS));
            }
        }
        for (final String segment : PLACEHOLDER.matcher(path(url)).replaceAll("").split("/", -1)) {
            if (DOTS.matcher(segment).matches()) {
                return Optional.of("has a part of its path that is dots alone");
            }
        }
        try {
            return null == new URI(placeholder.replaceAll("")).getHost() ? Optional.of("has no host") : Optional.empty();
        } catch (final URISyntaxException e) {
            return Optional.of("is no address: " + e.getReason());
        }
    }

    /** The address for these values, by the names of {@link #PLACEHOLDERS}; one that is null or not there is empty. */
    public String url(final Map<String, String> values) {
        final StringBuilder url = new StringBuilder(texts.get(0));
        for (int i = 0; i < names.size(); i++) {
            final String value = values.get(names.get(i));
            final boolean isEmpty = null == value || (i < inPath && DOTS.matcher(value).matches());
            encode(isEmpty ? "" : value, url);
            url.append(texts.get(i + 1));
        }
        return url.toString();
    }

    /** The address up to its query or fragment. */
    private static String path(final String url) {
        return url.split("[?#]", 2)[0];
    }

    private static void encode(final String value, final StringBuilder into) {
        for (final byte each : value.getBytes(StandardCharsets.UTF_8)) {
            final char character = (char)(each & 0xFF);
            final boolean isLetter = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
            if (isLetter || (character >= '0' && character <= '9') || UNRESERVED.indexOf(character) >= 0) {
                into.append(character);
            } else {
                into.append(String.format(Locale.ROOT, "%%%02X", each & 0xFF));
            }
        }
    }
}

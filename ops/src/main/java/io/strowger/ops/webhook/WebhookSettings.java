package io.strowger.ops.webhook;

import io.strowger.ops.access.ReadGrant;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One webhook.
 *
 * @param name    of it and of its cursor, 1 to 48 of {@code A-Z a-z 0-9 _ -}.
 * @param url     that is posted to.
 * @param secret  of the signature, as {@code whsec_} and base64.
 * @param tenant  whose events.
 * @param read    of whom.
 * @param types   only these, each a type or the part of it before the dot; empty: all.
 * @param timings of tries.
 */
public record WebhookSettings(String name, URI url, String secret, int tenant, ReadGrant read, List<String> types,
                              WebhookTimings timings) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,48}");

    /**
     * Checks name and address.
     *
     * @throws IllegalArgumentException when one is wrong.
     */
    public WebhookSettings {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a webhook's name is of 1 to 48 letters, digits, _ and -: " + name);
        }
        if (!isAddress(url)) {
            throw new IllegalArgumentException("the address of a webhook is http or https: " + url);
        }
        types = List.copyOf(types);
    }

    /** What is wrong with a secret, if anything; it is not repeated. */
    public static Optional<String> secretFault(final String secret) {
        try {
            return new WebhookSignature(secret).of("", 0, "").isEmpty() ? Optional.of("signs nothing") : Optional.empty();
        } catch (final IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** What is wrong with an address, if anything. */
    public static Optional<String> urlFault(final String url) {
        try {
            return isAddress(new URI(url)) ? Optional.empty() : Optional.of("is http:// or https:// and a host");
        } catch (final URISyntaxException e) {
            return Optional.of("is no address: " + e.getReason());
        }
    }

    private static boolean isAddress(final URI url) {
        return null != url.getHost() && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()));
    }

    /** Name of its cursor. */
    String cursor() {
        return "webhook-" + name;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return name + " (" + url + ", tenant " + tenant + ")";
    }
}

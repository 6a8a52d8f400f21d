package io.strowger.ops.config;

import java.util.List;

/**
 * Who is posted to.
 *
 * @param name       of the webhook, and of its cursor.
 * @param url        that is posted to.
 * @param tenant     whose events; 1 where nothing is said.
 * @param secret     of the signature, {@code whsec_} and base64; better is:
 * @param secretFile a file that holds it, in its first line.
 * @param read       of whom; all where nothing is said.
 * @param types      only these, each a type or the part of it before the dot; all where nothing is said.
 */
public record WebhookConfig(String name, String url, Integer tenant, String secret, String secretFile, ReadConfig read,
                            List<String> types) {
    /** Fills in what is not said. */
    public WebhookConfig {
        tenant = null == tenant ? 1 : tenant;
        read = null == read ? new ReadConfig(null, null) : read;
        types = null == types ? List.of() : List.copyOf(types);
    }

    /** Where its secret is. */
    public LoginConfig login() {
        return new LoginConfig(null, secret, secretFile);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "WebhookConfig[name=" + name + ", url=" + url + "]";
    }
}

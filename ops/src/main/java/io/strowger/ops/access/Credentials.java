package io.strowger.ops.access;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All credentials there are at a time. Immutable; any thread.
 *
 * <p>A token is looked up by its hash: how long that takes says nothing of the tokens there are, as nobody can make a token for a hash.
 */
public final class Credentials {
    /** Of a token that never expires. */
    public static final long NEVER = Long.MAX_VALUE;

    private final Map<String, Entry> byHash;
    /** Names of those that may ask for actions. */
    private final Set<String> actors;

    private Credentials(final Map<String, Entry> byHash) {
        this.byHash = Map.copyOf(byHash);
        this.actors = byHash.values().stream().map(Entry::credential).filter(credential -> null != credential.act())
            .map(Credential::name).collect(Collectors.toUnmodifiableSet());
    }

    /** Begins with none. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Finds the credential of a token.
     *
     * @param hash of the token.
     * @return null when there is none, or none any more at this time.
     */
    Credential find(final String hash, final long nowMs) {
        final Entry entry = byHash.get(hash);
        return null == entry || nowMs >= entry.expiresMs() ? null : entry.credential();
    }

    /** Whether a credential of this name may ask for any action. */
    boolean mayAct(final String name) {
        return actors.contains(name);
    }

    /** Makes credentials. */
    public static final class Builder {
        private final Map<String, Entry> byHash = new HashMap<>();

        private Builder() {
        }

        /**
         * Adds a token of a credential.
         *
         * @param hash       of the token, see {@link Tokens#hash}; of two with the same the later one counts.
         * @param expiresMs  since 1970, or {@link #NEVER}.
         * @param credential of it.
         * @return this.
         */
        public Builder add(final String hash, final long expiresMs, final Credential credential) {
            byHash.put(hash, new Entry(credential, expiresMs));
            return this;
        }

        /** As they are now. */
        public Credentials build() {
            return new Credentials(byHash);
        }
    }

    private record Entry(Credential credential, long expiresMs) {
    }
}

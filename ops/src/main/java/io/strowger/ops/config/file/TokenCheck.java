package io.strowger.ops.config.file;

import io.strowger.ops.config.TokenConfig;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tokens of all that come: each stands for one thing. One that has expired is no fault, as time alone must not keep a server from its
 * start, but is told.
 */
final class TokenCheck {
    private final Complaints complaints;
    private final Clock clock;
    private final Set<String> hashes = new HashSet<>();

    TokenCheck(final Complaints complaints, final Clock clock) {
        this.complaints = complaints;
        this.clock = clock;
    }

    /**
     * Looks at those of one thing.
     *
     * @param isAll whether it can show nothing else.
     */
    void check(final List<TokenConfig> tokens, final String at, final boolean isAll) {
        final Instant now = clock.instant();
        final boolean isNoneGood = isAll && tokens.stream().allMatch(token -> isExpired(token, now));
        for (int i = 0; i < tokens.size(); i++) {
            final TokenConfig token = tokens.get(i);
            if (!hashes.add(token.sha256())) {
                complaints.add(at + "/tokens/" + i, "stands for something else already");
            }
            if (isExpired(token, now)) {
                complaints.warn(at + "/tokens/" + i + "/expires", "expired at " + token.expires() + (isNoneGood
                    ? ": it has no token that is good, and is not let in" : ": take it out"));
            }
        }
    }

    private static boolean isExpired(final TokenConfig token, final Instant now) {
        return null != token.expires() && !now.isBefore(token.expires());
    }
}

package io.strowger.ops.receiver;

import io.strowger.codecs.actionurl.ActionUrlTemplate;
import io.strowger.ops.access.ReadGrant;
import java.time.Duration;

/**
 * What is known of a phone, or of a fleet of phones.
 *
 * @param maker  how it tells what happens.
 * @param user   whose it is; null: a fleet, each request says {@code user=}.
 * @param users  which users a request of a fleet may name: names split by commas, each exact or a beginning with {@code *} behind it.
 * @param most   phones of a fleet at a time, from 1.
 * @param silent after which a phone of a fleet without an open session is let go.
 */
public record PhoneSettings(ActionUrlTemplate maker, String user, String users, int most, Duration silent) {
    /** Most phones of a fleet where nothing else is said. */
    public static final int MOST_DEFAULT = 1_000;

    /** Silence where nothing else is said: what was open then has expired by itself, as nothing has shown it for so long. */
    public static final Duration SILENT_DEFAULT = Duration.ofHours(24);

    /** Checks the ranges. */
    public PhoneSettings {
        if (most < 1 || silent.isNegative() || silent.isZero()) {
            throw new IllegalArgumentException("a limit is too small: " + most + ", " + silent);
        }
    }

    /** One phone. */
    public static PhoneSettings of(final ActionUrlTemplate maker, final String user) {
        return new PhoneSettings(maker, user, "", 1, SILENT_DEFAULT);
    }

    /** Many phones with one credential. */
    public static PhoneSettings fleet(final ActionUrlTemplate maker, final String users) {
        return new PhoneSettings(maker, null, users, MOST_DEFAULT, SILENT_DEFAULT);
    }

    boolean isFleet() {
        return null == user;
    }

    /** Which users a request of the fleet may name: to be asked for once, as the names are read each time. */
    ReadGrant grant() {
        return new ReadGrant(users, "");
    }
}

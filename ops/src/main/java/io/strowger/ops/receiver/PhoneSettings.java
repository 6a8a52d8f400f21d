package io.strowger.ops.receiver;

import io.strowger.codecs.actionurl.ActionUrlTemplate;
import io.strowger.ops.access.ReadGrant;

/**
 * What is known of a phone, or of a fleet of phones.
 *
 * @param maker how it tells what happens.
 * @param user  whose it is; null: a fleet, each request says {@code user=}.
 * @param users which users a request of a fleet may name: names split by commas, each exact or a beginning with {@code *} behind it.
 */
public record PhoneSettings(ActionUrlTemplate maker, String user, String users) {
    /** One phone. */
    public static PhoneSettings of(final ActionUrlTemplate maker, final String user) {
        return new PhoneSettings(maker, user, "");
    }

    /** Many phones with one credential. */
    public static PhoneSettings fleet(final ActionUrlTemplate maker, final String users) {
        return new PhoneSettings(maker, null, users);
    }

    boolean isFleet() {
        return null == user;
    }

    /** Whether a request of the fleet may name a user. */
    boolean allows(final String named) {
        return new ReadGrant(users, "").allowsUser(named);
    }
}

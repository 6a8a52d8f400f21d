package io.strowger.ops.config;

/**
 * What is known of phones that come with action URLs.
 *
 * @param maker       yealink, snom, grandstream, polycom or generic, which is meant where nothing is said.
 * @param user        whose phone it is; null: the source's name when that is an extension of 2 to 6 digits, else it is a fleet.
 * @param users       of a fleet, whom a request may name: names split by commas, each exact or a beginning with {@code *} behind it; all
 *                    where nothing is said.
 * @param most        phones of a fleet at a time; null: 1,000.
 * @param silentHours after which a phone of a fleet that has no open session is let go; null: 24.
 */
public record PhoneConfig(String maker, String user, String users, Integer most, Integer silentHours) {
    /** Where nothing is said. */
    public static final PhoneConfig DEFAULT = new PhoneConfig(null, null, null, null, null);

    private static final String GENERIC = "generic";

    /** Fills in what is not said. */
    public PhoneConfig {
        maker = null == maker ? GENERIC : maker;
    }
}

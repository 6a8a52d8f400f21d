package io.strowger.ops.receiver;

/**
 * A source that comes. Name, tenant and cover are these, whatever it says.
 *
 * @param name      of the source; a phone of a fleet is the source {@code NAME/USER}.
 * @param tenant    whose it is.
 * @param coveredBy name of the source that speaks for its users while that one is up; null for none.
 * @param window    most signals on their way into the router, of each phone; raised to 64.
 * @param phone     what is known of the phone; null: this is a Kamailio server.
 */
public record ReceivedSource(String name, int tenant, String coveredBy, int window, PhoneSettings phone) {
    private static final int LEAST_WINDOW = 64;

    /** Sees to a window that a request has room in. */
    public ReceivedSource {
        window = Math.max(LEAST_WINDOW, window);
    }

    /** What its credential is found by: tenant and name. */
    String key() {
        return tenant + "/" + name;
    }

    /** Whether it is many phones. */
    boolean isFleet() {
        return null != phone && phone.isFleet();
    }

    /** As its hello says it. */
    String dialect() {
        return null == phone ? "kamailio" : "action-url";
    }
}

package io.strowger.bench.peers;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a NATS server can do, by its version.
 */
final class NatsVersion {
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)\\.\\d+");
    private static final int SYNC_MAJOR = 2;
    private static final int SYNC_MINOR = 10;

    private NatsVersion() {
    }

    /**
     * Looks at what the program says.
     *
     * @param text such as {@code nats-server: v2.9.10}.
     * @throws NotRunException when it can't sync at each message.
     */
    static void requireSync(final String text) throws NotRunException {
        final Matcher version = VERSION.matcher(text);
        final boolean isKnown = version.find();
        final int major = isKnown ? Integer.parseInt(version.group(1)) : 0;
        final int minor = isKnown ? Integer.parseInt(version.group(2)) : 0;
        if (major < SYNC_MAJOR || (SYNC_MAJOR == major && minor < SYNC_MINOR)) {
            throw new NotRunException("it syncs at each message from 2.10 on, here is " + text);
        }
    }
}

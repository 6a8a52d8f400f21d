package io.strowger.ops.receiver;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The user that a request of a fleet names. */
final class NamedUser {
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9._+*#-]{1,64}");
    private static final Pattern NAME = Pattern.compile("(?i)(user|active[_-]?user)");

    private NamedUser() {
    }

    /**
     * Reads it: {@code user=101} or {@code active_user=sip:101@host}; of two the first counts.
     *
     * @param target of the request.
     * @return null where none is named, or one that can't be.
     */
    static String of(final String target) {
        int at = target.indexOf('?') + 1;
        while (at > 0) {
            final int next = target.indexOf('&', at);
            final String parameter = target.substring(at, next < 0 ? target.length() : next);
            final int equals = parameter.indexOf('=');
            if (equals > 0 && NAME.matcher(parameter.substring(0, equals)).matches()) {
                return user(parameter.substring(equals + 1));
            }
            at = next + 1;
        }
        return null;
    }

    private static String user(final String value) {
        String user;
        try {
            // a plus is a plus
            user = URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (final IllegalArgumentException e) {
            return null;
        }
        final int scheme = user.indexOf(':');
        user = user.substring(scheme + 1);
        final int host = user.indexOf('@');
        user = host < 0 ? user : user.substring(0, host);
        return USER.matcher(user).matches() ? user : null;
    }
}

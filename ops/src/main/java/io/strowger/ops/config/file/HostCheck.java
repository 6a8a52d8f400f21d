package io.strowger.ops.config.file;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Names and numbers of hosts.
 */
final class HostCheck {
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");
    private static final Pattern OCTETS = Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})(?:\\.(?!$)|$)){4}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*\\.?");

    private final Complaints complaints;

    HostCheck(final Complaints complaints) {
        this.complaints = complaints;
    }

    /** Whether it can be a host at all. */
    boolean check(final String host, final String at) {
        final boolean isHost;
        if (NUMBERS.matcher(host).matches()) {
            isHost = OCTETS.matcher(host).matches();
        } else {
            isHost = host.indexOf(':') < 0 ? NAME.matcher(host).matches() : null != addressOf('[' + host + ']');
        }
        if (!isHost) {
            complaints.add(at, host + " is neither an address nor a name of a host");
        }
        return isHost;
    }

    /** Whether this machine can listen there: it may not be so where the configuration is looked at, or yet. */
    void checkOwn(final String host, final String at) {
        final InetAddress address = addressOf(host.indexOf(':') < 0 ? host : '[' + host + ']');
        try {
            if (null == address) {
                complaints.warn(at, "this machine finds no address of " + host);
            } else if (!address.isAnyLocalAddress() && !address.isLoopbackAddress() && null == NetworkInterface.getByInetAddress(address)) {
                complaints.warn(at, "this machine has no address " + host);
            }
        } catch (final SocketException e) {
            complaints.warn(at, "this machine does not tell its addresses: " + e.getMessage());
        }
    }

    /** Whether only this machine reaches it. */
    static boolean isLoopback(final String host) {
        final InetAddress address = addressOf(host);
        return null != address && address.isLoopbackAddress();
    }

    private static InetAddress addressOf(final String host) {
        try {
            return InetAddress.getByName(host);
        } catch (final UnknownHostException e) {
            return null;
        }
    }
}

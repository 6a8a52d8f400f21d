package io.strowger.ops.tls;

import io.netty.handler.codec.CodecException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Faults of connections in words that may be kept. Stateless; any thread.
 *
 * <p>What a fault of TLS or of a decoder says may hold the very bytes that came, and a token among them: of those only the kind is told.
 */
public final class NetworkFault {
    private static final int MOST_CAUSES = 16;
    private static final Pattern ALERT = Pattern.compile("(?i)received (?:fatal|close_notify) ?alert: ([a-z_]{1,40})");
    private static final Set<String> FIXED = Set.of("Empty client certificate chain", "no cipher suites in common");

    private NetworkFault() {
    }

    /**
     * Why a connection broke, or did not come.
     *
     * @return never a byte that came: what the system says of a socket, or fixed words.
     */
    public static String words(final Throwable fault) {
        Throwable cause = fault;
        boolean isOfWhatCame = false;
        for (int i = 0; i < MOST_CAUSES && null != cause; i++) {
            if (cause instanceof NotSslRecordException) {
                return "what it sends is no TLS";
            } else if (cause instanceof SslHandshakeTimeoutException) {
                return "its handshake took too long";
            } else if (cause instanceof GeneralSecurityException) {
                return "its certificate is not trusted here";
            } else if (cause instanceof ClosedChannelException) {
                return "it has gone";
            }
            isOfWhatCame |= cause instanceof SSLException || cause instanceof CodecException;
            cause = cause.getCause();
        }
        if (isOfWhatCame) {
            return ofMessage(fault);
        }
        return null == fault.getMessage() ? fault.getClass().getSimpleName() : fault.getMessage();
    }

    /** The few messages of TLS that hold nothing of what came but a name out of the standard. */
    private static String ofMessage(final Throwable fault) {
        Throwable cause = fault;
        for (int i = 0; i < MOST_CAUSES && null != cause; i++) {
            final String message = String.valueOf(cause.getMessage());
            final Matcher alert = ALERT.matcher(message);
            if (alert.matches()) {
                return "it has said " + alert.group(1);
            } else if (FIXED.contains(message)) {
                return message;
            }
            cause = cause.getCause();
        }
        return fault.getClass().getSimpleName();
    }
}

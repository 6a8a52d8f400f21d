package io.strowger.ops.outage;

import io.strowger.ops.captures.Capture;
import io.strowger.ops.connector.AmiServer;
import io.strowger.ops.connector.ScriptedPbx;
import io.strowger.ops.connector.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * An Asterisk without a quiet moment: recorded calls, many at a time, over and over, each time round with ids of their own, on
 * every connection.
 */
final class CallFlood implements ScriptedPbx.Script {
    private static final int PIECE_BYTES = 4_096;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(6);
    private static final Pattern CHANNEL = Pattern.compile("(?<![\\d.])(\\d{9,11}\\.)(\\d+)(?![\\d.])");
    private static final Pattern BRIDGE = Pattern.compile("\\b[0-9a-f]{8}(?=(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b)");
    private static final Map<String, String> SCENARIOS = new TreeMap<>(Map.of("01-answered-call", "rx.raw", "06-blind-transfer", "rx.raw",
        "12-queue-complete-agent", "rx.raw", "21-flood-50", "lean/rx.raw"));
    private static final String END = "\r\n\r\n";
    private static final String FIRST_CALL = "Event: Newchannel\r\n";

    private final long bootedMs = System.currentTimeMillis();
    private final AtomicInteger rounds = new AtomicInteger();
    private final String calls;
    private volatile boolean isOver;

    CallFlood() {
        final StringBuilder all = new StringBuilder();
        SCENARIOS.forEach((name, file) -> {
            final String stream = new String(new Capture(name).bytes(file), StandardCharsets.ISO_8859_1);
            all.append(stream, stream.indexOf(FIRST_CALL), stream.lastIndexOf(END) + END.length());
        });
        calls = all.toString();
    }

    /** Begins no call more; the connection stays. */
    void stop() {
        isOver = true;
    }

    @Override
    public void run(final Wire wire) throws IOException, InterruptedException {
        AmiServer.login(wire);
        wire.answering(AmiServer::idle);
        wire.say(AmiServer.booted(TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis() - bootedMs)));
        while (!isOver) {
            play(wire, round(rounds.incrementAndGet()));
        }
        wire.awaitGone();
    }

    private static void play(final Wire wire, final byte[] bytes) throws IOException {
        int at = 0;
        while (at < bytes.length) {
            final byte[] piece = new byte[Math.min(PIECE_BYTES, bytes.length - at)];
            System.arraycopy(bytes, at, piece, 0, piece.length);
            wire.write(piece);
            at += piece.length;
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private byte[] round(final int round) {
        final String channels = CHANNEL.matcher(calls).replaceAll("$1" + round + "0$2");
        return BRIDGE.matcher(channels).replaceAll(String.format(Locale.ROOT, "%08x", round)).getBytes(StandardCharsets.ISO_8859_1);
    }
}

package io.strowger.ops.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.captures.Capture;
import io.strowger.ops.node.CapturedFacts;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Random bytes, frames, floods, half of requests, and readers that do not read, beside one who behaves and must lose nothing. */
@Timeout(120)
class GatewayFuzzTest {
    private static final long SEED = Long.getLong("strowger.test.seed", System.nanoTime());
    private static final long MS = Long.getLong("strowger.test.fuzzMs", 4_000);
    private static final int ATTACKERS = 3;
    private static final int LEFT_OPEN = 10;
    private static final int KINDS = 8;
    private static final int PORTIONS = 100;
    private static final String ACT = "{\"key\":\"k\",\"action\":\"hang-up\",\"nativeId\":\"1.1\"}";
    private static final String SUBSCRIBE = "{\"op\":\"subscribe\",\"id\":\"s\",\"start\":\"status\",\"credit\":1000000}";
    private static final GatewayLimits LIMITS =
        new GatewayLimits(60, 40, 64 * 1024, Duration.ofMillis(700), Duration.ofMillis(700), Duration.ofMillis(200));

    @TempDir
    private Path folder;
    private volatile boolean isOver;

    @Test
    void shouldLoseNothingOfWhoBehavesWhateverOthersSend() throws Exception {
        System.err.println("GatewayFuzzTest: -Dstrowger.test.seed=" + SEED);
        final List<UnsafeBuffer> facts = CapturedFacts.of(folder.resolve("captures"), Capture.all());
        try (LiveGateway gateway = new LiveGateway(folder.resolve("journal"), LIMITS);
            EventSource good = new EventSource(gateway, "/events", LiveGateway.OWNER, null)) {
            final List<Thread> attackers = new ArrayList<>();
            for (int i = 0; i < ATTACKERS; i++) {
                final Random random = new Random(SEED + i);
                attackers.add(new Thread(() -> attack(gateway, random), "attacker-" + i));
                attackers.get(i).setDaemon(true);
                attackers.get(i).start();
            }
            final int atOnce = 1 + facts.size() / PORTIONS;
            for (int from = 0; from < facts.size(); from += atOnce) {
                gateway.feed(facts.subList(from, Math.min(facts.size(), from + atOnce)));
                LockSupport.parkNanos(Duration.ofMillis(MS).toNanos() / PORTIONS);
            }
            isOver = true;
            for (final Thread attacker : attackers) {
                attacker.join();
            }
            gateway.hello("last", 1);
            final List<String> lived = untilLast(good);
            try (EventSource again = new EventSource(gateway, "/events", LiveGateway.OWNER, lived.get(0))) {
                assertEquals(lived.subList(1, lived.size()), untilLast(again), () -> "seed " + SEED);
            }
            assertTrue(lived.size() > 100, "and that was something");
            assertEquals(200, gateway.get("/status", LiveGateway.OWNER).statusCode());
            final long untilNs = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (gateway.gate().streams() > 1 && System.nanoTime() < untilNs) {
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
            assertTrue(gateway.gate().streams() <= 1, () -> "streams are left over, seed " + SEED);
        } catch (final AssertionError e) {
            throw new AssertionError("-Dstrowger.test.seed=" + SEED + ": " + e.getMessage(), e);
        }
    }

    private static List<String> untilLast(final EventSource events) {
        final List<String> ids = new ArrayList<>();
        EventSource.Message message;
        do {
            message = events.take();
            ids.add(message.id());
        } while (!"/last".equals(message.data().getString("source")));
        return ids;
    }

    private void attack(final LiveGateway gateway, final Random random) {
        final Deque<RawPeer> left = new ArrayDeque<>();
        while (!isOver) {
            try {
                final RawPeer peer = new RawPeer(gateway);
                left.add(peer);
                attack(gateway, peer, random, left);
            } catch (final UncheckedIOException | AssertionError refused) {
                // as it should be
                LockSupport.parkNanos(random.nextInt(1_000_000));
            }
            if (left.size() > LEFT_OPEN) {
                left.poll().close();
            }
        }
        left.forEach(RawPeer::close);
    }

    private static void attack(final LiveGateway gateway, final RawPeer peer, final Random random, final Deque<RawPeer> left) {
        switch (random.nextInt(KINDS)) {
            case 0 -> peer.send(noise(random, 4_000));
            case 1 -> peer.send(mutated(random, request("POST /actions", "Content-Length: " + ACT.length() + "\n\n" + ACT)));
            case 2 -> peer.send(cut(random, request("POST /actions", "Transfer-Encoding: chunked\n\n5\n{\"key\n0\n\n")));
            case 3 -> peer.send(request("GET /events?start=status", "\n"));
            case 4 -> {
                for (int i = 0; i < 200; i++) {
                    peer.send(request("GET /status", "\n"));
                }
            }
            case 5 -> frames(open(gateway, left), random);
            case 6 -> open(gateway, left).text(SUBSCRIBE);
            default -> {
                final RawPeer socket = open(gateway, left);
                final byte[] ping = RawPeer.frame(0x80 | RawPeer.PING, new byte[125]);
                for (int i = 0; i < 5_000; i++) {
                    socket.send(ping);
                }
            }
        }
    }

    private static RawPeer open(final LiveGateway gateway, final Deque<RawPeer> left) {
        final RawPeer socket = RawPeer.socket(gateway, LiveGateway.OTHER_TENANT);
        left.add(socket);
        return socket;
    }

    private static void frames(final RawPeer socket, final Random random) {
        for (int i = 0; i < 30; i++) {
            final byte[] payload = random.nextBoolean() ? noise(random, 300)
                : mutated(random, (random.nextBoolean() ? SUBSCRIBE : "{\"op\":\"act\"," + ACT.substring(1))
                    .getBytes(StandardCharsets.UTF_8));
            final boolean isFair = random.nextInt(4) > 0;
            socket.send(RawPeer.frame(isFair ? 0x80 | random.nextInt(3) : random.nextInt(256), payload));
        }
    }

    private static byte[] request(final String line, final String rest) {
        return (line + " HTTP/1.1\nHost: a\nAuthorization: Bearer " + LiveGateway.OTHER_TENANT + "\n" + rest).replace("\n", "\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] noise(final Random random, final int most) {
        final byte[] noise = new byte[random.nextInt(most)];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] mutated(final Random random, final byte[] bytes) {
        for (int i = random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte)random.nextInt(256);
        }
        return bytes;
    }

    private static byte[] cut(final Random random, final byte[] bytes) {
        final byte[] part = new byte[random.nextInt(bytes.length)];
        System.arraycopy(bytes, 0, part, 0, part.length);
        return part;
    }
}

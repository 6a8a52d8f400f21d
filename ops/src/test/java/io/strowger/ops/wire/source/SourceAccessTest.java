package io.strowger.ops.wire.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.access.Credentials;
import io.strowger.ops.access.Tokens;
import io.strowger.ops.config.TlsConfig;
import io.strowger.ops.wire.OpeningAnswer;
import io.strowger.router.source.SourceGrant;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in, as whom, and for how long. */
@Timeout(120)
class SourceAccessTest {
    @TempDir
    private Path folder;

    @Test
    void shouldLetNobodyInWithoutAGoodTokenAndHoldFloodsOff() throws Exception {
        final String expired = Tokens.create();
        final SourceAccount account = new SourceAccount(SourceGrant.of(Wired.NAME, Wired.TENANT),
            Map.of(Tokens.hash(Wired.TOKEN), Credentials.NEVER, Tokens.hash(expired), 1L), null);
        try (Wired wired = new Wired(folder, SourcePortLimits.DEFAULT, null, List.of(account))) {
            for (final String token : new String[] {"wrong", expired, null}) {
                try (RawSource source = new RawSource(wired.port())) {
                    assertEquals(OpeningAnswer.NOT_LET_IN, source.open(token));
                    assertEquals(null, source.frame(), "and closed");
                }
            }
            for (int i = 3; i < 10; i++) {
                try (RawSource source = new RawSource(wired.port())) {
                    assertEquals(OpeningAnswer.NOT_LET_IN, source.open("wrong"));
                }
            }
            try (RawSource source = new RawSource(wired.port())) {
                assertEquals(OpeningAnswer.FLOOD, source.open("wrong"));
            }
            RawSource.opened(wired.port(), Wired.TOKEN).close();
            assertEquals(11, wired.sources().gate().refused());
        }
    }

    @Test
    void shouldEndAConnectionWhoseTokenIsTakenBackOrExpires() throws Exception {
        try (Wired wired = new Wired(folder); RawSource first = RawSource.opened(wired.port(), Wired.TOKEN);
             RawSource other = RawSource.opened(wired.port(), Wired.OTHER_TOKEN)) {
            first.hello(Wired.NAME);
            other.hello(Wired.NAME);
            Wired.await(() -> wired.sources().health().stream().allMatch(one -> SourceState.LIVE == one.state()), () -> "both");
            final long beganNs = System.nanoTime();
            wired.sources().replace(List.of(
                new SourceAccount(SourceGrant.of(Wired.NAME, Wired.TENANT),
                    Map.of(Tokens.hash(Wired.TOKEN), System.currentTimeMillis() + 500), null),
                Wired.account(Wired.NAME, Wired.TENANT + 1, Tokens.create())));
            assertEquals(OpeningAnswer.NOT_LET_IN, other.answer());
            assertEquals(OpeningAnswer.NOT_LET_IN, first.answer());
            final long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);
            assertTrue(tookMs >= 400 && tookMs < 2_500, tookMs + " ms");
            Wired.await(() -> "not let in".equals(wired.health().failure()), () -> wired.health().toString());
        }
    }

    @Test
    void shouldKeepTwoTenantsApartThatHaveOneName() throws Exception {
        try (Wired wired = new Wired(folder); RawSource first = RawSource.opened(wired.port(), Wired.TOKEN);
             RawSource other = RawSource.opened(wired.port(), Wired.OTHER_TOKEN)) {
            first.hello(Wired.NAME);
            other.hello(Wired.NAME);
            Wired.await(() -> wired.sources().health().stream().allMatch(one -> SourceState.LIVE == one.state()), () -> "both");
            first.seen(1, "mine");
            other.seen(1, "theirs");
            Wired.await(() -> wired.sources().health().stream().allMatch(one -> 1 == one.signals()), () -> "both");
            final List<String> calls = wired.endAndTail().stream().filter(event -> event.get("type").toString().contains("call.initiated"))
                .map(event -> Wired.data(event).get("tenant") + " " + Wired.data(event).get("nativeId")).sorted().toList();
            assertEquals(List.of("3 mine", "4 theirs"), calls);
        }
    }

    @Test
    void shouldKnowASourceByItsCertificate() throws Exception {
        final Certificates certificates = new Certificates(folder);
        certificates.make("server", "localhost");
        certificates.make("switch", "switch-7.example");
        certificates.make("unknown", "nobody.example");
        certificates.make("stranger", "switch-7.example");
        final TlsConfig tls = new TlsConfig(certificates.chain("server").toString(), certificates.key("server").toString(),
            certificates.trust("switch", "unknown").toString());
        final SourceAccount account = new SourceAccount(SourceGrant.of(Wired.NAME, Wired.TENANT),
            Map.of(Tokens.hash(Wired.TOKEN), Credentials.NEVER), "switch-7.example");
        try (Wired wired = new Wired(folder.resolve("journal"), SourcePortLimits.DEFAULT, tls, List.of(account))) {
            final SourceClientSettings settings = new SourceClientSettings("localhost", wired.port(), Wired.NAME).tls(true)
                .trustFile(certificates.chain("server"));
            for (final String who : List.of("unknown", "stranger")) {
                final BlockingQueue<String> reasons = new LinkedBlockingQueue<>();
                final SourceClient client = wired.client(settings.certificate(certificates.chain(who), certificates.key(who)),
                    new SourceClientListener() {
                        @Override
                        public void onState(final ClientState state, final String reason) {
                            if (ClientState.BACKING_OFF == state) {
                                reasons.add(reason);
                            }
                        }
                    });
                final String reason = reasons.poll(20, TimeUnit.SECONDS);
                assertEquals("unknown".equals(who), "the server says: not let in".equals(reason), reason);
                client.close();
            }
            final SourceClient client = wired.client(settings.certificate(certificates.chain("switch"), certificates.key("switch")),
                new SourceClientListener() { });
            final Signals signals = new Signals();
            assertTrue(client.offer(signals.buffer, 0, signals.seen(0, "leg-1")));
            Wired.await(() -> 1 == client.acknowledged(), () -> client.state() + " " + wired.health());
            assertFalse(wired.health().signals() > 1);
            wired.sources().replace(List.of(new SourceAccount(account.grant(), account.tokens(), "switch-8.example")));
            Wired.await(() -> "not let in".equals(wired.health().failure()), () -> wired.health().toString());
            client.close();
        }
    }
}

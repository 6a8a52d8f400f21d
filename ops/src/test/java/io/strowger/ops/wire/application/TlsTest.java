package io.strowger.ops.wire.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.config.TlsConfig;
import io.strowger.ops.gateway.LiveGateway;
import io.strowger.ops.log.Heard;
import io.strowger.ops.wire.Opening;
import io.strowger.ops.wire.OpeningKind;
import io.strowger.ops.wire.source.Certificates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SBE of applications over TLS. */
@Timeout(120)
class TlsTest {
    private static final String NAME = "localhost";
    private static final long SECONDS = 20;

    @TempDir
    private Path folder;
    private Certificates certificates;

    @BeforeEach
    void makeCertificates() throws Exception {
        certificates = new Certificates(folder);
        certificates.make("server", NAME);
        certificates.make("crm", "crm.example");
        certificates.make("stranger", "crm.example");
        certificates.make("elsewhere", "elsewhere.example");
    }

    @Test
    void shouldBringEventsAndTakeActionsOfWhoShowsACertificate() throws Exception {
        try (LiveWire wire = open("server", certificates.trust("crm").toString());
            ApplicationClient client = client(wire.port(), certificates.client("server", "crm"))) {
            client.opened().get(SECONDS, TimeUnit.SECONDS);
            final Recorder recorder = new Recorder();
            client.subscribe(StreamOrder.all().type("sms"), recorder);
            recorder.awaitOpen();
            wire.messages("gw", 1, 5_000, "102");
            assertEquals(5_000, recorder.take(5_000).get(4_999).number());
            wire.restart();
            wire.messages("gw", 1, 1, "102");
            assertEquals("m-5001", recorder.take().of("nativeId"), "also behind a new handshake");
        }
    }

    @Test
    void shouldLetNobodyInWithACertificateOfAnotherAuthorityOrNone() throws Exception {
        try (LiveWire wire = open("server", certificates.trust("crm").toString()); Heard heard = Heard.all()) {
            for (final String shown : new String[] {"stranger", null}) {
                try (ApplicationClient client = client(wire.port(), certificates.client("server", shown))) {
                    awaitReason(heard, wire.port());
                    assertFalse(client.isOpen());
                    assertFalse(client.opened().isDone());
                }
            }
            try (ApplicationClient good = client(wire.port(), certificates.client("server", "crm"))) {
                good.opened().get(SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void shouldGoToNoServerThatItDoesNotBelieveOrThatHasAnotherName() throws Exception {
        try (LiveWire wire = open("server", null); LiveWire other = open("elsewhere", null); Heard heard = Heard.all()) {
            try (ApplicationClient client = client(wire.port(), certificates.client("crm", null))) {
                awaitReason(heard, wire.port());
                assertFalse(client.isOpen(), "another authority");
            }
            try (ApplicationClient client = client(other.port(), certificates.client("elsewhere", null))) {
                awaitReason(heard, other.port());
                assertFalse(client.isOpen(), "another name");
            }
            try (ApplicationClient good = client(wire.port(), certificates.client("server", null))) {
                good.opened().get(SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void shouldEndWhoSpeaksPlainToTlsOrTlsToPlain() throws Exception {
        try (LiveWire secure = open("server", null);
            LiveWire plain = new LiveWire(folder.resolve("plain"), ApplicationGateway.LIMITS); Heard heard = Heard.all()) {
            try (RawWire peer = new RawWire(secure.port())) {
                final long sinceNs = System.nanoTime();
                peer.send(peer.writer().opening(Opening.frame(OpeningKind.APPLICATION, LiveGateway.OWNER)));
                assertNull(peer.word());
                assertTrue(System.nanoTime() - sinceNs < Duration.ofSeconds(5).toNanos(), "at once, not with the handshake's limit");
            }
            try (ApplicationClient client = client(plain.port(), certificates.client("server", null))) {
                awaitReason(heard, plain.port());
                assertFalse(client.isOpen());
            }
            try (ApplicationClient good = client(secure.port(), certificates.client("server", null))) {
                good.opened().get(SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    private static void awaitReason(final Heard heard, final int port) {
        final String begin = NAME + ":" + port + ": ";
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (heard.lines().stream().noneMatch(line -> line.contains(begin) && line.contains("connects again"))) {
            assertTrue(System.nanoTime() < endNs, () -> "no reason: " + heard.lines());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static ApplicationClient client(final int port, final SSLContext tls) {
        return ApplicationClient.connect(new ApplicationClientSettings(NAME, port, () -> LiveGateway.OWNER, tls));
    }

    private LiveWire open(final String certificate, final String authorities) {
        return new LiveWire(folder.resolve("journal-" + certificate), ApplicationGateway.LIMITS,
            new TlsConfig(certificates.chain(certificate).toString(), certificates.key(certificate).toString(), authorities));
    }
}

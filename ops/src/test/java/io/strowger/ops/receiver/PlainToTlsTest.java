package io.strowger.ops.receiver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.strowger.ops.config.TlsConfig;
import io.strowger.ops.log.Heard;
import io.strowger.ops.wire.source.Certificates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A phone that was set up with http:// in place of https://. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PlainToTlsTest {
    @TempDir
    private Path folder;

    @Test
    void shouldKeepNothingOfWhatComesPlainToTls() throws Exception {
        final Certificates certificates = new Certificates(folder);
        certificates.make("server", "localhost");
        final TlsConfig tls = new TlsConfig(certificates.chain("server").toString(), certificates.key("server").toString(), null);
        final List<String> kept = new CopyOnWriteArrayList<>();
        try (Heard heard = Heard.finest(); Desk desk = new Desk(folder.resolve("journal"), Desk.LIMITS, tls, context -> context,
            (kind, who, address, text) -> kept.add(kind + " " + address + " " + text), PhoneSettings.SILENT_DEFAULT)) {
            try (Caller phone = new Caller(desk.port())) {
                assertEquals(0, phone.ask(Caller.get("/action/" + Desk.PHONE + "?event=incoming&call_id=1&remote=102")));
            }
            Desk.await(() -> !kept.isEmpty(), () -> "not noted");
            assertEquals(List.of("REFUSED  no TLS with it: what it sends is no TLS"), kept);
            assertEquals(1, desk.receiver().gate().refused());
            final String hex = HexFormat.of().formatHex(Desk.PHONE.getBytes(StandardCharsets.US_ASCII));
            final String all = kept + " " + heard.lines();
            assertFalse(all.contains(Desk.PHONE.substring(3, 20)) || all.contains(hex.substring(6, 40)), all);
        }
    }
}

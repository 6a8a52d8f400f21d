package io.strowger.ops.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.captures.Capture;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** pains.md C2, C9: whatever the router does, the call router is read. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SlowRouterTest {
    private static final int TINY_RING = 1 << 16;
    private static final int SPILL = 1 << 16;
    private static final int ROUNDS = 3;

    @TempDir
    private Path folder;

    @Test
    void shouldReadOnAndTellLossWhenRouterStandsStill() throws Exception {
        final byte[] flood = new Capture("21-flood-50").bytes("rx.raw");
        final CountDownLatch mayGoOn = new CountDownLatch(1);
        final CountDownLatch isWritten = new CountDownLatch(1);
        try (ScriptedPbx pbx = ScriptedPbx.listen(wire -> {
            AmiServer.login(wire);
            wire.answering(AmiServer::idle);
            wire.say(AmiServer.booted(1_000));
            for (int i = 0; i < ROUNDS; i++) {
                wire.write(Arrays.copyOfRange(flood, 2_000, flood.length));
            }
            isWritten.countDown();
            wire.awaitGone();
        }); Site site = new Site(folder, context -> context.channelCapacityBytes(TINY_RING).ringCapacity(64).tap((block, record) -> {
            try {
                mayGoOn.await();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }))) {
            final Connector connector = site.connect(Site.settings(ConnectorDialect.AMI, pbx.port()).spillLimit(SPILL));
            assertTrue(isWritten.await(20, TimeUnit.SECONDS), "the call router was made to wait");
            Site.await(() -> connector.health().bytesIn() >= ROUNDS * (flood.length - 2_000L), () -> connector.health().toString());
            assertTrue(connector.health().discarded() > 0, connector.health().toString());
            assertEquals(1, connector.health().connections());
            mayGoOn.countDown();
            final Wire wire = pbx.wires().get(0);
            Site.await(() -> wire.commands().stream().filter(command -> command.contains("CoreShowChannels")).count() > 1,
                () -> "not listed again: " + wire.commands());
            Site.await(connector, ConnectorState.LIVE);
            site.settle();
            connector.close();
            assertEquals(List.of(), pbx.faults());
            final List<String> types = Site.types(site.endAndTail(), "source").stream().distinct().toList();
            assertTrue(types.contains("source.gap"), types.toString());
            assertEquals("source.down", types.get(types.size() - 1));
            assertTrue(types.contains("source.resynchronised"), types.toString());
        }
    }
}

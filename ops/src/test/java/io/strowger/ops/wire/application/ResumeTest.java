package io.strowger.ops.wire.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.application.Why;
import io.strowger.ops.captures.Capture;
import io.strowger.ops.gateway.LiveGateway;
import io.strowger.ops.node.CapturedFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client whose connection breaks. */
@Timeout(120)
class ResumeTest {
    private static final System.Logger LOG = System.getLogger(ResumeTest.class.getName());
    private static final int MESSAGES = 2_000;
    private static final int MOST_BYTES = 20_000;

    @TempDir
    private Path folder;

    @Test
    void shouldGoOnWithoutHoleOrRepeatWhereverTheConnectionBreaks() throws Exception {
        final long seed = new Random().nextLong();
        LOG.log(System.Logger.Level.INFO, () -> "seed " + seed);
        try (LiveWire wire = open(); Cutter cutter = new Cutter(wire.port(), seed, MOST_BYTES);
            ApplicationClient direct = wire.client(LiveGateway.OWNER);
            ApplicationClient broken = LiveWire.client(cutter.port(), LiveGateway.OWNER)) {
            final Recorder truth = new Recorder();
            final Recorder now = new Recorder();
            final Recorder status = new Recorder();
            direct.subscribe(StreamOrder.all(), truth);
            broken.subscribe(StreamOrder.all().window(64), now);
            broken.subscribe(StreamOrder.all().withStatus().window(64), status);
            truth.awaitOpen();
            now.awaitOpen();
            status.awaitOpen();
            wire.json().feed(CapturedFacts.of(folder.resolve("captures"), List.of(new Capture("06-blind-transfer"))));
            wire.messages("gw", 1, MESSAGES, "102");
            final String last = "m-" + MESSAGES;
            final List<String> all = truth.untilOf("nativeId", last).stream().map(Recorder.Seen::position).toList();
            assertTrue(all.size() > MESSAGES);
            assertEquals(all, now.untilOf("nativeId", last).stream().map(Recorder.Seen::position).toList(), () -> "seed " + seed);
            // a status that was cut off begins anew: what counts is what comes behind the last one that was whole
            final List<String> behind = status.untilOf("nativeId", last).stream().filter(seen -> null != seen.event())
                .map(Recorder.Seen::position).toList();
            assertEquals(all.subList(all.size() - behind.size(), all.size()), behind, () -> "seed " + seed);
            assertTrue(cutter.cuts() > 10, () -> "only " + cutter.cuts() + " cuts");
            assertTrue(now.opens() > 2, () -> "opened " + now.opens());
            assertTrue(now.isQuiet());
        }
    }

    @Test
    void shouldGoOnBehindARestartOfTheGateway() {
        try (LiveWire wire = open(); ApplicationClient client = wire.client(LiveGateway.OWNER)) {
            final Recorder recorder = new Recorder();
            final ApplicationStream stream = client.subscribe(StreamOrder.all().type("sms"), recorder);
            recorder.awaitOpen();
            wire.messages("gw", 1, 10, "102");
            recorder.take(10);
            wire.restart();
            wire.messages("gw", 1, 10, "102");
            assertEquals("m-11", recorder.take(10).get(0).of("nativeId"));
            assertTrue(recorder.opens() > 1);
            assertEquals(22, stream.position().length());
            stream.close();
            assertEquals(Why.UNSUBSCRIBED, recorder.end().why());
        }
    }

    private LiveWire open() {
        return new LiveWire(folder.resolve("journal"), ApplicationGateway.LIMITS);
    }
}

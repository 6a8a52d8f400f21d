package io.strowger.ops.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.ConnectionFacts;
import io.strowger.codecs.ami.AmiSettings;
import io.strowger.codecs.ami.AmiTranslator;
import io.strowger.codecs.esl.EslSettings;
import io.strowger.codecs.esl.EslTranslator;
import io.strowger.codecs.kamailio.KamailioSettings;
import io.strowger.codecs.kamailio.KamailioTranslator;
import io.strowger.codecs.translate.StreamTranslator;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.source.SourceIntake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Connections of a real call router, replayed to a connector: in random pieces with pauses, the first dropped somewhere in its middle and
 * gone on with in the next. What the router makes of it must be what it makes of the same bytes without a network.
 */
final class Replayed {
    private static final Pattern UPTIME = Pattern.compile("Uptime: (\\d+)");
    private static final long NS_PER_MS = 1_000_000;
    private static final long MS_PER_S = 1_000;

    private final ConnectorDialect dialect;
    private final List<byte[]> recorded;
    private final Random random;
    private final CountDownLatch isPlayed = new CountDownLatch(1);
    private long firstMs;
    private volatile ScriptedPbx pbx;
    private volatile Site site;
    private volatile Connector connector;

    /**
     * A replay.
     *
     * @param recorded what a client of the call router has received, a connection each.
     */
    Replayed(final ConnectorDialect dialect, final List<byte[]> recorded, final long seed) {
        this.dialect = dialect;
        this.recorded = recorded;
        this.random = new Random(seed);
    }

    /**
     * Replays it both ways and compares.
     *
     * @param folder of the journals.
     * @return what the router made of it, without times.
     */
    Map<String, List<String>> check(final Path folder, final boolean asJson) throws Exception {
        final List<ScriptedPbx.Script> scripts = scripts();
        try (ScriptedPbx itsPbx = ScriptedPbx.listen(scripts.toArray(new ScriptedPbx.Script[0]));
            Site connectedSite = new Site(folder.resolve("connected")); Site direct = new Site(folder.resolve("direct"))) {
            pbx = itsPbx;
            site = connectedSite;
            connector = site.connect(Site.settings(dialect, pbx.port()).jsonEvents(asJson));
            Site.await(() -> 0 == isPlayed.getCount() || !pbx.faults().isEmpty(), () -> "not played: " + connector.health());
            Site.await(() -> connector.health().bytesIn() == pbx.sentBytes() || !pbx.faults().isEmpty(),
                () -> connector.health() + " of " + pbx.sentBytes());
            assertEquals(List.of(), pbx.faults());
            assertEquals(scripts.size(), connector.health().connections());
            final Map<String, List<String>> connected = stories(site);
            feed(direct, pbx.wires());
            final Map<String, List<String>> expected = stories(direct);
            expected.forEach((thing, story) -> assertEquals(String.join("\n", story), String.join("\n", connected.getOrDefault(thing,
                List.of())), thing));
            assertEquals(expected.keySet(), connected.keySet());
            assertTrue(connected.size() > 1, connected.toString());
            return connected;
        }
    }

    /** Without the ends of lists: that of a list is not told when the next one begins before what it owes is paid, which is by pace. */
    private static Map<String, List<String>> stories(final Site site) {
        return Site.stories(site.endAndTail().stream().filter(event -> !"source.resynchronised".equals(event.get("type"))).toList());
    }

    private List<ScriptedPbx.Script> scripts() {
        final List<ScriptedPbx.Script> scripts = new ArrayList<>();
        final byte[] first = withoutLogin(recorded.get(0));
        final int cut = first.length / 4 + random.nextInt(first.length / 2);
        final byte[] before = Arrays.copyOf(first, cut);
        final byte[] behind = Arrays.copyOfRange(first, ConnectorDialect.KAMAILIO == dialect ? next(first, cut) : cut, first.length);
        scripts.add(wire -> {
            firstMs = wire.openedMs();
            login(wire);
            wire.play(before, random);
            drop(wire);
        });
        scripts.add(wire -> {
            login(wire);
            if (ConnectorDialect.AMI == dialect) {
                wire.say(AmiServer.booted(uptimeS(first) + elapsedS(wire)));
            }
            play(wire, behind, 1 == recorded.size());
        });
        for (int i = 1; i < recorded.size(); i++) {
            final byte[] next = withoutLogin(recorded.get(i));
            final boolean isLast = i == recorded.size() - 1;
            scripts.add(wire -> {
                login(wire);
                play(wire, uptimeS(next) < uptimeS(first) ? next : withUptime(next, uptimeS(first), wire), isLast);
            });
        }
        return scripts;
    }

    private void play(final Wire wire, final byte[] bytes, final boolean isLast) throws IOException, InterruptedException {
        wire.play(bytes, random);
        if (isLast) {
            isPlayed.countDown();
            wire.awaitGone();
        } else {
            drop(wire);
        }
    }

    /** What is owed at the end of a list is paid when nothing else is to be done: a drop right behind it would cut that off by chance. */
    private void drop(final Wire wire) throws IOException, InterruptedException {
        Site.await(() -> null != connector && connector.health().bytesIn() == pbx.sentBytes(), () -> "not read");
        site.settle();
        wire.drop();
    }

    private void login(final Wire wire) throws IOException, InterruptedException {
        if (ConnectorDialect.AMI == dialect) {
            AmiServer.login(wire);
        } else if (ConnectorDialect.ESL == dialect) {
            EslServer.login(wire);
        }
    }

    private byte[] withoutLogin(final byte[] bytes) {
        return switch (dialect) {
            case AMI -> behind(bytes, "\r\n\r\n", 1);
            case ESL -> behind(bytes, "\n\n", 3);
            case KAMAILIO -> bytes;
        };
    }

    private static byte[] behind(final byte[] bytes, final String end, final int count) {
        final String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = 0;
        for (int i = 0; i < count; i++) {
            at = text.indexOf(end, at) + end.length();
        }
        return Arrays.copyOfRange(bytes, at, bytes.length);
    }

    /** Where the netstring behind a place begins: an evapi never begins in the middle of one. */
    private static int next(final byte[] bytes, final int place) {
        int at = 0;
        while (at < place) {
            int length = 0;
            while (':' != bytes[at]) {
                length = 10 * length + bytes[at] - '0';
                at++;
            }
            at += length + 2;
        }
        return at;
    }

    /** A replay is faster than what is replayed: a server that has not restarted says how long it would be up by now. */
    private byte[] withUptime(final byte[] bytes, final long firstUptimeS, final Wire wire) {
        final String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return UPTIME.matcher(text).replaceFirst("Uptime: " + (firstUptimeS + elapsedS(wire))).getBytes(StandardCharsets.ISO_8859_1);
    }

    private long elapsedS(final Wire wire) {
        return (wire.openedMs() - firstMs) / MS_PER_S;
    }

    private static long uptimeS(final byte[] bytes) {
        final Matcher uptime = UPTIME.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        return uptime.find() ? Long.parseLong(uptime.group(1)) : 0;
    }

    private void feed(final Site site, final List<Wire> wires) {
        final Channel channel = site.router().openChannel();
        final SourceIntake intake = new SourceIntake(channel, SourceIntake.SPILL_LIMIT_DEFAULT);
        final int source = site.router().sourceNumber(Site.TENANT, Site.SOURCE);
        final ConnectionFacts facts = new ConnectionFacts(source, Site.TENANT, Site.SOURCE, dialect.word());
        final StreamTranslator translator = translator(source);
        for (int i = 0; i < wires.size(); i++) {
            final byte[] bytes = wires.get(i).sent();
            final long arrivalNs = wires.get(i).openedMs() * NS_PER_MS;
            translator.connected(i);
            assertTrue(facts.connected(i, arrivalNs, ConnectorDialect.KAMAILIO == dialect, intake));
            assertEquals(bytes.length, translator.onBytes(new UnsafeBuffer(bytes), 0, bytes.length, arrivalNs, intake));
            settle(site, intake);
            translator.disconnected();
            assertTrue(facts.disconnected(i, bytes.length, arrivalNs, intake));
        }
        settle(site, intake);
        channel.close();
    }

    private static void settle(final Site site, final SourceIntake intake) {
        while (intake.waiting() > 0) {
            LockSupport.parkNanos(NS_PER_MS);
            assertTrue(intake.poll() >= 0);
        }
        site.settle();
    }

    private StreamTranslator translator(final int source) {
        return switch (dialect) {
            case AMI -> new AmiTranslator(AmiSettings.of(source, Site.TENANT));
            case ESL -> new EslTranslator(EslSettings.of(source, Site.TENANT));
            case KAMAILIO -> new KamailioTranslator(KamailioSettings.of(source, Site.TENANT));
        };
    }
}

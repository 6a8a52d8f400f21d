package io.strowger.ops.resync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.kamailio.KamailioSettings;
import io.strowger.codecs.kamailio.KamailioTranslator;
import io.strowger.codecs.sbe.Cause;
import io.strowger.codecs.sbe.LegSeenDecoder;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.OtherDecoder;
import io.strowger.codecs.sbe.SourceBootedEncoder;
import io.strowger.codecs.sbe.SourceHelloDecoder;
import io.strowger.codecs.sbe.SourceSnapshotBeginDecoder;
import io.strowger.codecs.sbe.SourceSnapshotEndDecoder;
import io.strowger.codecs.sbe.YesNo;
import io.strowger.ops.captures.Capture;
import io.strowger.ops.captures.EslCapture;
import io.strowger.ops.captures.ProxyCapture;
import io.strowger.ops.ingest.TranslatedDialect;
import io.strowger.ops.node.CapturedFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterProperty;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A real capture is cut where sessions are live; what came before is dropped, repeated and reordered at random. The true lists of the
 * source at that point then bring back what a clean run shows, there and for the rest of the stream; also when the source has restarted
 * in between and its lists are all that there is.
 */
class ResynchronisationPropertyTest {
    private static final List<List<UnsafeBuffer>> CAPTURES = captures();
    private static final long MINUTE_NS = 60_000_000_000L;

    /** Of the tries of one property. */
    private int cuts;
    private int live;

    @AfterProperty
    void assertThatHalfOfTheCutsWereLive() {
        assertTrue(cuts > 0 && live * 2 >= cuts, () -> live + " of " + cuts + " cuts had live sessions");
    }

    @Property(tries = 200)
    void shouldShowTheTruthBehindAListWhateverWasMissed(@ForAll final long seed) {
        check(seed, false);
    }

    @Property(tries = 120)
    void shouldShowTheTruthBehindAListOfANewEpoch(@ForAll final long seed) {
        check(seed, true);
    }

    private void check(final long seed, final boolean restarts) {
        final Random random = new Random(seed);
        final List<UnsafeBuffer> facts = CAPTURES.get(random.nextInt(CAPTURES.size()));
        final FoldedStream clean = new FoldedStream();
        final Truth truth = new Truth();
        final int cut = cut(facts, random);
        for (final UnsafeBuffer fact : facts.subList(0, cut)) {
            feed(fact, truth, List.of(clean));
        }
        final List<UnsafeBuffer> lists = truth.lists(clean, clean.lastTimeNs());
        assertEquals(clean.silent(), truth.silent(clean), "called legs that do not ring yet");
        cuts++;
        live += clean.live() > 0 ? 1 : 0;

        final FoldedStream mangled = new FoldedStream();
        mangled(facts.subList(0, cut), random).forEach(mangled::feed);
        final String before = clean.visible();
        if (restarts) {
            restart(mangled, lists, random.nextBoolean());
        } else {
            lists.forEach(mangled::feed);
        }
        assertEquals(before, mangled.visible(), "behind the lists");

        final List<UnsafeBuffer> rest = facts.subList(cut, facts.size());
        if (restarts && rest.stream().anyMatch(ResynchronisationPropertyTest::namesEpoch)) {
            // an epoch that is named is another one behind a restart, and the same one without: so the clean run has restarted as well
            restart(clean, lists, true);
            assertEquals(before, clean.visible(), "behind the lists, nothing mangled");
        }
        goOn(rest, truth, clean, mangled);
    }

    /**
     * Feeds a fact. What a source says before it is known since when it runs changes nothing (a PBX that boots says so which devices are
     * registered still, and does not say it again): whoever listens asks for lists as soon as that is known, and so does this.
     *
     * @param streams the clean one first.
     */
    private static void feed(final UnsafeBuffer fact, final Truth truth, final List<FoldedStream> streams) {
        streams.forEach(stream -> stream.feed(fact));
        truth.learn(fact);
        if (truth.isAsked()) {
            final FoldedStream clean = streams.get(0);
            final List<UnsafeBuffer> lists = truth.lists(clean, clean.lastTimeNs());
            streams.forEach(stream -> lists.forEach(stream::feed));
        }
    }

    private static void goOn(final List<UnsafeBuffer> rest, final Truth truth, final FoldedStream clean, final FoldedStream mangled) {
        for (int i = 0; i < rest.size(); i++) {
            feed(rest.get(i), truth, List.of(clean, mangled));
            final int place = i;
            // a list shows that somebody waits, not that an agent has just answered: whoever leaves for that is known to have left by the
            // next fact about it only, which says why
            if (clean.waiting() == mangled.waiting()) {
                assertEquals(clean.visible(), mangled.visible(), () -> place + 1 + " facts behind the lists");
            }
        }
        assertEquals(clean.visible(), mangled.visible(), "at the stream's end");
        assertEquals(List.of(), mangled.wrongEnds());
        assertEquals(List.of(), clean.wrongEnds());
    }

    /**
     * The source boots and lists what it has: whatever was open has ended for that, once; what is open is of the new epoch, and inferred.
     * It boots twice, because the first time tells a source that has no epoch of which one it is.
     *
     * @param atOnce whether the ends owed are paid before the lists come.
     */
    private static void restart(final FoldedStream stream, final List<UnsafeBuffer> lists, final boolean atOnce) {
        final long timeNs = stream.lastTimeNs();
        final Set<String> open = stream.open();
        stream.feedOwing(booted(timeNs + MINUTE_NS));
        stream.feedOwing(booted(timeNs + 2 * MINUTE_NS));
        assertEquals(Set.of(), stream.open());
        if (atOnce) {
            stream.pay();
            assertEquals(0, stream.silent());
        }
        lists.forEach(stream::feedOwing);
        stream.pay();
        open.forEach(id -> assertEquals(List.of(Cause.SOURCE_RESTARTED.name()), stream.endsOf(id), id));
        stream.sessions().forEach(session -> assertTrue(session.inferred() && !open.contains(FoldedStream.id(session)), session::toString));
        assertEquals(List.of(), stream.wrongEnds());
    }

    private static boolean namesEpoch(final UnsafeBuffer fact) {
        final int template = SignalLayout.templateId(fact, 0);
        return SourceHelloDecoder.TEMPLATE_ID == template || SourceBootedEncoder.TEMPLATE_ID == template;
    }

    /** A place where sessions are live, if the first few tries find one. */
    private static int cut(final List<UnsafeBuffer> facts, final Random random) {
        int cut = 0;
        for (int tries = 0; tries < 5; tries++) {
            cut = behindLists(facts, 1 + random.nextInt(facts.size() - 1));
            final FoldedStream stream = new FoldedStream();
            facts.subList(0, cut).forEach(stream::feed);
            if (stream.live() > 0) {
                return cut;
            }
        }
        return cut;
    }

    /** Not within a list of the capture itself, nor before a connection's epoch is known: a list asked for there would say nothing. */
    private static int behindLists(final List<UnsafeBuffer> facts, final int place) {
        int open = 0;
        boolean knows = true;
        int cut = place;
        for (int i = 0; i < facts.size() && (i < place || open > 0 || !knows); i++) {
            final int template = SignalLayout.templateId(facts.get(i), 0);
            open += SourceSnapshotBeginDecoder.TEMPLATE_ID == template ? 1 : SourceSnapshotEndDecoder.TEMPLATE_ID == template ? -1 : 0;
            if (SourceHelloDecoder.TEMPLATE_ID == template) {
                knows = YesNo.YES == new SourceHelloDecoder().wrapAndApplyHeader(facts.get(i), 0, new MessageHeaderDecoder()).epochKnown();
            }
            knows |= SourceBootedEncoder.TEMPLATE_ID == template;
            cut = Math.max(place, i + 1);
        }
        return Math.min(cut, facts.size() - 1);
    }

    /** What a connection and a boot say stays; of the rest a tenth to nine tenths is lost, some comes twice, some places too late. */
    private static List<UnsafeBuffer> mangled(final List<UnsafeBuffer> facts, final Random random) {
        final int lost = 1 + random.nextInt(9);
        final List<UnsafeBuffer> mangled = new ArrayList<>();
        for (final UnsafeBuffer fact : facts) {
            if (!isLossy(fact) || random.nextInt(10) >= lost) {
                mangled.add(fact);
                final int fate = random.nextInt(8);
                final int late = Math.max(0, mangled.size() - 2 - random.nextInt(8));
                if (0 == fate) {
                    mangled.add(fact);
                } else if (1 == fate && isLossy(mangled.get(late))) {
                    mangled.add(mangled.remove(late));
                } else if (2 == fate && isLossy(mangled.get(late))) {
                    mangled.add(mangled.get(late));
                }
            }
        }
        return mangled;
    }

    private static boolean isLossy(final UnsafeBuffer fact) {
        final int template = SignalLayout.templateId(fact, 0);
        return template >= LegSeenDecoder.TEMPLATE_ID && template <= OtherDecoder.TEMPLATE_ID;
    }

    private static UnsafeBuffer booted(final long timeNs) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[128]);
        final SourceBootedEncoder booted = new SourceBootedEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        booted.sourceSequence(0).sourceTime(timeNs).source(1).tenant(1).uptimeMs(0).epoch("");
        return new UnsafeBuffer(buffer.byteArray(), 0, SignalLayout.HEADER_LENGTH + booted.encodedLength());
    }

    private static List<List<UnsafeBuffer>> captures() {
        try {
            final Path folder = Files.createTempDirectory("strowger-resync");
            try {
                return captures(folder);
            } finally {
                delete(folder);
            }
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<List<UnsafeBuffer>> captures(final Path folder) throws IOException {
        final List<List<UnsafeBuffer>> captures = new ArrayList<>();
        for (final Capture capture : Capture.all()) {
            captures.add(CapturedFacts.of(folder, List.of(capture)));
        }
        for (final String name : EslCapture.all()) {
            captures.add(CapturedFacts.of(EslCapture.unpack(name, folder.resolve("esl-" + name)).connections(false),
                TranslatedDialect.esl(1, 1)));
        }
        for (final String name : ProxyCapture.all()) {
            captures.add(CapturedFacts.of(ProxyCapture.unpack(name, Files.createDirectory(folder.resolve("proxy-" + name))).evapi(),
                new TranslatedDialect("kamailio", new KamailioTranslator(KamailioSettings.of(1, 1)))));
        }
        return captures;
    }

    private static void delete(final Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (final Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

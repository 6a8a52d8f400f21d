package io.strowger.bench.load;

import io.strowger.codecs.SourceSequence;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.SourceBootedEncoder;
import io.strowger.codecs.sbe.SourceHelloEncoder;
import io.strowger.codecs.sbe.YesNo;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.agrona.MutableDirectBuffer;

/**
 * An endless stream of facts of one source with a steady number of open sessions.
 *
 * <p>Calls follow the scripts of real scenarios, each with ids of its own. {@link #preload} opens sessions until the number is reached,
 * each call somewhere in the middle of its script. {@link #fill} then picks an open call at random, again and again, and says its next
 * fact; whenever fewer sessions are open than asked for, a new call begins instead. So at any moment calls of every age are open, and
 * neighbouring facts are of unrelated calls: the worst there is for a cache.
 *
 * <p>The same scripts, seed and number give the same bytes. One thread.
 */
public final class Traffic {
    /** The source of all facts. */
    public static final int SOURCE = 1;

    /** The tenant of all facts. */
    public static final int TENANT = 1;

    /** The name of the source. */
    public static final String SOURCE_NAME = "pbx-1";

    private static final long START_NS = 1_795_624_150_000_000_000L;
    private static final long STEP_NS = 1_000;
    private static final int SPARE = 4 * 1024;

    private final List<CallScript> scripts;
    private final Consumer<SignalPool> opening;
    private final int longestCall;
    private final int sessions;
    private final SplittableRandom random;
    private final int[] script;
    private final int[] place;
    private final int[] number;
    private int openCalls;
    private int openSessions;
    private int nextNumber;
    private long steps;

    Traffic(final List<CallScript> scripts, final int sessions, final long seed) {
        this(scripts, Traffic::begin, sessions, seed);
    }

    private Traffic(final List<CallScript> scripts, final Consumer<SignalPool> opening, final int sessions, final long seed) {
        this.scripts = scripts;
        this.opening = opening;
        this.longestCall = scripts.stream().mapToInt(CallScript::poolBytes).max().orElseThrow();
        this.sessions = sessions;
        this.random = new SplittableRandom(seed);
        final int mostCalls = 2 * sessions + 16;
        this.script = new int[mostCalls];
        this.place = new int[mostCalls];
        this.number = new int[mostCalls];
    }

    /**
     * Traffic of the bundled captures.
     *
     * @param sessions to be open at any moment.
     * @param seed     of every choice.
     * @return it, before its first fact.
     */
    public static Traffic ofCaptures(final int sessions, final long seed) {
        return new Traffic(CaptureFacts.scripts(), sessions, seed);
    }

    /**
     * The same traffic as the bytes of one AMI connection, in place of the facts in them: each entry of a pool is one step of a call, a
     * block that tells something about a leg and the noise in front of it. A translator must know of the connection, and somebody else
     * says {@link #hello}.
     *
     * @param sessions to be open at any moment.
     * @param seed     of every choice.
     * @return it, before its first byte.
     */
    public static Traffic ofCaptureBytes(final int sessions, final long seed) {
        return new Traffic(AmiStream.scripts(0), AmiStream::begin, sessions, seed);
    }

    /**
     * The same without a beginning, which somebody else says, and of that many users: each call is of some of them.
     *
     * @param sessions to be open at any moment.
     * @param seed     of every choice.
     * @param users    from 1 to 900,000.
     * @return it, before its first byte.
     */
    public static Traffic ofCaptureBytes(final int sessions, final long seed, final int users) {
        return new Traffic(AmiStream.scripts(users), pool -> { }, sessions, seed);
    }

    /**
     * The name of a user of such traffic.
     *
     * @param place from 0 to how many there are.
     */
    public static String user(final int place) {
        return AmiTemplate.user(place);
    }

    /**
     * Opens sessions, as many as the pool has room for. The very first signals make the source known.
     *
     * @param pool cleared first.
     * @return false once the number is reached and the pool is empty: nothing is left to preload.
     */
    public boolean preload(final SignalPool pool) {
        pool.clear();
        if (0 == steps) {
            opening.accept(pool);
            steps = 1;
        }
        while (openSessions < sessions && hasRoomForCall(pool)) {
            open(pool);
        }
        return 0 != pool.count();
    }

    /**
     * Says the next facts.
     *
     * @param pool  cleared first.
     * @param count of facts wanted.
     * @throws IllegalStateException when the pool is too small.
     */
    public void fill(final SignalPool pool, final int count) {
        pool.clear();
        for (int i = 0; i < count; i++) {
            if (!pool.hasRoom()) {
                throw new IllegalStateException("the pool has room for " + pool.count() + " of " + count + " signals");
            }
            final int call = openSessions < sessions ? begin() : random.nextInt(openCalls);
            say(pool, call);
        }
    }

    /**
     * Sessions that are open now, by what was said so far.
     */
    public int openSessions() {
        return openSessions;
    }

    /**
     * Calls that have begun and not ended.
     */
    public int openCalls() {
        return openCalls;
    }

    /**
     * Source sequence of the last fact said.
     */
    public long lastSourceSequence() {
        return SourceSequence.of(0, steps, 0);
    }

    private boolean hasRoomForCall(final SignalPool pool) {
        return pool.bytes() + longestCall + SPARE <= pool.buffer().capacity();
    }

    private int begin() {
        final int call = openCalls++;
        script[call] = random.nextInt(scripts.size());
        place[call] = 0;
        number[call] = nextNumber++;
        if (nextNumber > Template.MAX_CALLS) {
            throw new IllegalStateException("no numbers are left for further calls");
        }
        return call;
    }

    /** Begins a call and says its facts up to a place at random where it has a session. */
    private void open(final SignalPool pool) {
        final int call = begin();
        final CallScript own = scripts.get(script[call]);
        int target = random.nextInt(own.length());
        while (0 == own.live(target)) {
            target = random.nextInt(own.length());
        }
        for (int i = 0; i <= target; i++) {
            say(pool, call);
        }
    }

    private void say(final SignalPool pool, final int call) {
        final CallScript own = scripts.get(script[call]);
        final int at = place[call]++;
        steps++;
        final int length = own.fact(at).write(pool.buffer(), pool.claim(), number[call], lastSourceSequence(), START_NS + steps * STEP_NS);
        pool.commit(length);
        openSessions += own.live(at) - own.live(at - 1);
        if (place[call] == own.length()) {
            openCalls--;
            script[call] = script[openCalls];
            place[call] = place[openCalls];
            number[call] = number[openCalls];
        }
    }

    private static void begin(final SignalPool pool) {
        final int length = hello(pool.buffer(), pool.claim(), START_NS);
        pool.commit(length);
        final SourceBootedEncoder booted = new SourceBootedEncoder();
        booted.wrapAndApplyHeader(pool.buffer(), pool.claim(), new MessageHeaderEncoder())
            .sourceSequence(SourceSequence.of(0, 1, 0)).sourceTime(START_NS).source(SOURCE).tenant(TENANT)
            .uptimeMs(0).epoch("");
        pool.commit(MessageHeaderEncoder.ENCODED_LENGTH + booted.encodedLength());
    }

    /**
     * Says that the source is here; since when it runs it tells afterwards.
     *
     * @param buffer where it is written.
     * @param offset of its first byte.
     * @param timeNs source time.
     * @return its length.
     */
    public static int hello(final MutableDirectBuffer buffer, final int offset, final long timeNs) {
        final SourceHelloEncoder hello = new SourceHelloEncoder();
        hello.wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
            .sourceSequence(SourceSequence.of(0, 0, 0)).sourceTime(timeNs).source(SOURCE).tenant(TENANT)
            .connection(0).epochKnown(YesNo.NO).dense(YesNo.NO);
        hello.capabilities().clear();
        hello.sourceName(SOURCE_NAME).dialect("ami").epoch("").coveredBy("");
        return MessageHeaderEncoder.ENCODED_LENGTH + hello.encodedLength();
    }
}

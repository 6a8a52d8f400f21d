package io.strowger.bench.growth;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.HangupEncoder;
import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.sbe.LegSeenEncoder;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.LegStateEncoder;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.SourceBootedEncoder;
import io.strowger.codecs.sbe.SourceDownEncoder;
import io.strowger.codecs.sbe.SourceHelloEncoder;
import io.strowger.codecs.sbe.YesNo;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.status.ReturnCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sources with calls of two sessions each, spread evenly over many users, said through a channel of each source as fast as the router takes
 * them. Calls are spread evenly over the sources as well: all that is said of one comes from the same source.
 *
 * <pre>
 *   open       LegSeen, LegSeen                                    a call more
 *   turn over  Hangup, Hangup ──► LegSeen, LegSeen, LegState, LegState     one open call at random ends, another begins in its place
 * </pre>
 *
 * <p>Ids, devices and names are as long as an Asterisk's. The same seed says the same. One thread at a time.
 */
final class GrowthCalls {
    static final int TENANT = 1;
    static final int SIGNALS_A_CALL = 2;
    static final int SIGNALS_A_TURNOVER = 6;

    private static final long STEP_NS = 1_000;
    private static final long START_NS = 1_795_624_150_000_000_000L;
    private static final int DIGITS = 8;
    private static final short NORMAL_CLEARING = 16;

    private final List<Channel> channels;
    private final Runnable rest;
    private final int users;
    private final int[] calls;
    private final int[] sessionsOfUser;
    private final long[] sequences;
    private final SplittableRandom random;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final LegSeenEncoder seen = new LegSeenEncoder();
    private final LegStateEncoder state = new LegStateEncoder();
    private final HangupEncoder hangup = new HangupEncoder();
    private final byte[] nativeId = ascii("1795624196.200000000");
    private final byte[] callId = ascii("1795624196.200000000");
    private final byte[] device = ascii("PJSIP/00000000");
    private final byte[] user = ascii("00000000");
    private final byte[] name = ascii("User 00000000");
    private final byte[] remote = ascii("00000000");
    private final byte[] remoteName = ascii("User 00000000");
    private int openCalls;
    private int nextCall;
    private long said;

    /**
     * Sources that have said nothing yet.
     *
     * @param channels  take their signals, one of each source.
     * @param rest      what is done while a channel is full, before it is tried again.
     * @param users     there are.
     * @param mostCalls that will be open at a time.
     * @param seed      of the choice which call ends.
     */
    GrowthCalls(final List<Channel> channels, final Runnable rest, final int users, final int mostCalls, final long seed) {
        this.channels = List.copyOf(channels);
        this.rest = rest;
        this.sequences = new long[channels.size()];
        this.users = users;
        this.calls = new int[mostCalls];
        this.sessionsOfUser = new int[users];
        this.random = new SplittableRandom(seed);
    }

    /** The name of a user. */
    static String userName(final int number) {
        final byte[] text = ascii("00000000");
        putDigits(text, number);
        return new String(text, StandardCharsets.US_ASCII);
    }

    /** How many signals were said. */
    long said() {
        return said;
    }

    /** How many sessions are open by what was said. */
    int openSessions() {
        return SIGNALS_A_CALL * openCalls;
    }

    /** How many sessions a user has by what was said. */
    int sessionsOf(final int number) {
        return sessionsOfUser[number];
    }

    /** Each source says hello, and that it has booted. */
    void hello() {
        for (int source = 1; source <= sequences.length; source++) {
            hello(source);
        }
    }

    private void hello(final int source) {
        final SourceHelloEncoder hello = new SourceHelloEncoder().wrapAndApplyHeader(buffer, 0, header);
        hello.sourceSequence(nextSequence(source)).sourceTime(timeNs()).source(source).tenant(TENANT).connection(0).epochKnown(YesNo.YES)
            .dense(YesNo.NO);
        hello.capabilities().clear();
        hello.sourceName("pbx-" + source).dialect("sbe").epoch("").coveredBy("");
        offer(source, hello.encodedLength());
        final SourceBootedEncoder booted = new SourceBootedEncoder();
        booted.wrapAndApplyHeader(buffer, 0, header).sourceSequence(nextSequence(source)).sourceTime(timeNs()).source(source).tenant(TENANT)
            .uptimeMs(0).epoch("");
        offer(source, booted.encodedLength());
    }

    /** Each source says that it is gone: a router that starts again has then nothing to add. */
    void leave() {
        for (int source = 1; source <= sequences.length; source++) {
            leave(source);
        }
    }

    private void leave(final int source) {
        final SourceDownEncoder down = new SourceDownEncoder().wrapAndApplyHeader(buffer, 0, header);
        down.sourceSequence(nextSequence(source)).sourceTime(timeNs()).source(source).tenant(TENANT).connection(0).sourceName("").text("");
        offer(source, down.encodedLength());
    }

    /** Begins calls until so many sessions are open. */
    void open(final int sessions) {
        while (openSessions() < sessions) {
            begin(openCalls++);
        }
    }

    /** Ends open calls at random, and begins as many. */
    void turnOver(final int count) {
        for (int i = 0; i < count; i++) {
            final int place = random.nextInt(openCalls);
            hangUp(calls[place], 0);
            hangUp(calls[place], 1);
            begin(place);
            answer(calls[place], 1);
            answer(calls[place], 0);
        }
    }

    private void begin(final int place) {
        final int call = nextCall++;
        calls[place] = call;
        seen(call, 0);
        seen(call, 1);
    }

    private void seen(final int call, final int leg) {
        final int source = sourceOf(call);
        sessionsOfUser[fill(call, leg)]++;
        seen.wrapAndApplyHeader(buffer, 0, header).sourceSequence(nextSequence(source)).sourceTime(timeNs()).source(source).tenant(TENANT)
            .legState(0 == leg ? LegState.RING : LegState.RINGING).legKind(LegKind.DEVICE)
            .direction(0 == leg ? Direction.OUTGOING : Direction.INCOMING);
        seen.putNativeId(nativeId, 0, nativeId.length).putCallId(callId, 0, callId.length).putDevice(device, 0, device.length)
            .putUser(user, 0, user.length).putNumber(user, 0, user.length).putName(name, 0, name.length)
            .putRemoteParty(remote, 0, remote.length).putRemoteName(remoteName, 0, remoteName.length)
            .putDialled(remote, 0, 0 == leg ? remote.length : 0).linkedTo("");
        offer(source, seen.encodedLength());
    }

    private void answer(final int call, final int leg) {
        final int source = sourceOf(call);
        fill(call, leg);
        state.wrapAndApplyHeader(buffer, 0, header).sourceSequence(nextSequence(source)).sourceTime(timeNs()).source(source).tenant(TENANT)
            .legState(LegState.UP).legKind(LegKind.DEVICE);
        state.putNativeId(nativeId, 0, nativeId.length).putCallId(callId, 0, callId.length).putDevice(device, 0, device.length)
            .putUser(user, 0, user.length).putNumber(user, 0, user.length).putName(name, 0, name.length)
            .putRemoteParty(remote, 0, remote.length).putRemoteName(remoteName, 0, remoteName.length);
        offer(source, state.encodedLength());
    }

    private void hangUp(final int call, final int leg) {
        final int source = sourceOf(call);
        sessionsOfUser[fill(call, leg)]--;
        hangup.wrapAndApplyHeader(buffer, 0, header).sourceSequence(nextSequence(source)).sourceTime(timeNs()).source(source).tenant(TENANT)
            .legState(LegState.UP).legKind(LegKind.DEVICE).causeCode(NORMAL_CLEARING);
        hangup.putNativeId(nativeId, 0, nativeId.length).putCallId(callId, 0, callId.length).putDevice(device, 0, device.length)
            .putUser(user, 0, user.length).putNumber(user, 0, user.length).putName(name, 0, name.length)
            .putRemoteParty(remote, 0, remote.length).putRemoteName(remoteName, 0, remoteName.length).text("");
        offer(source, hangup.encodedLength());
    }

    /** Fills in all texts of a leg. Returns the number of its user. */
    private int fill(final int call, final int leg) {
        final int id = SIGNALS_A_CALL * call;
        final int own = id + leg;
        final int owner = own % users;
        final int other = (own ^ 1) % users;
        putDigits(nativeId, own);
        putDigits(callId, id);
        putDigits(device, owner);
        putDigits(user, owner);
        putDigits(name, owner);
        putDigits(remote, other);
        putDigits(remoteName, other);
        return owner;
    }

    private long timeNs() {
        return START_NS + said * STEP_NS;
    }

    private int sourceOf(final int call) {
        return 1 + call % sequences.length;
    }

    private long nextSequence(final int source) {
        said++;
        return ++sequences[source - 1];
    }

    private void offer(final int source, final int encodedLength) {
        final Channel channel = channels.get(source - 1);
        final int length = SignalLayout.HEADER_LENGTH + encodedLength;
        long code = channel.offer(buffer, 0, length);
        while (ReturnCode.BACK_PRESSURED == code) {
            rest.run();
            code = channel.offer(buffer, 0, length);
        }
        if (code < 0) {
            throw new IllegalStateException("the router answers " + ReturnCode.toString(code));
        }
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Writes the last digits of a text. */
    private static void putDigits(final byte[] text, final int number) {
        int rest = number;
        for (int at = text.length - 1; at >= text.length - DIGITS; at--) {
            text[at] = (byte)('0' + rest % 10);
            rest /= 10;
        }
    }
}

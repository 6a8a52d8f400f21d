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
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One source with calls of two sessions each, spread evenly over many users, said through a channel as fast as the router takes them.
 *
 * <pre>
 *   open       LegSeen, LegSeen                                    a call more
 *   turn over  Hangup, Hangup ──► LegSeen, LegSeen, LegState, LegState     one open call at random ends, another begins in its place
 * </pre>
 *
 * <p>Ids, devices and names are as long as an Asterisk's. The same seed says the same. One thread at a time.
 */
final class GrowthCalls {
    static final int SOURCE = 1;
    static final int TENANT = 1;
    static final int SIGNALS_A_CALL = 2;
    static final int SIGNALS_A_TURNOVER = 6;

    private static final long STEP_NS = 1_000;
    private static final long START_NS = 1_795_624_150_000_000_000L;
    private static final long WAIT_NS = 20_000;
    private static final int DIGITS = 8;
    private static final short NORMAL_CLEARING = 16;

    private final Channel channel;
    private final int users;
    private final int[] calls;
    private final int[] sessionsOfUser;
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
    private long sequence;

    /**
     * A source that has said nothing yet.
     *
     * @param channel  takes its signals.
     * @param users    there are.
     * @param mostCalls that will be open at a time.
     * @param seed     of the choice which call ends.
     */
    GrowthCalls(final Channel channel, final int users, final int mostCalls, final long seed) {
        this.channel = channel;
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
        return sequence;
    }

    /** How many sessions are open by what was said. */
    int openSessions() {
        return SIGNALS_A_CALL * openCalls;
    }

    /** How many sessions a user has by what was said. */
    int sessionsOf(final int number) {
        return sessionsOfUser[number];
    }

    /** Says hello, and that it has booted. */
    void hello() {
        final SourceHelloEncoder hello = new SourceHelloEncoder().wrapAndApplyHeader(buffer, 0, header);
        hello.sourceSequence(++sequence).sourceTime(timeNs()).source(SOURCE).tenant(TENANT).connection(0).epochKnown(YesNo.YES)
            .dense(YesNo.NO);
        hello.capabilities().clear();
        hello.sourceName("pbx-1").dialect("sbe").epoch("").coveredBy("");
        offer(hello.encodedLength());
        final SourceBootedEncoder booted = new SourceBootedEncoder();
        booted.wrapAndApplyHeader(buffer, 0, header).sourceSequence(++sequence).sourceTime(timeNs()).source(SOURCE).tenant(TENANT)
            .uptimeMs(0).epoch("");
        offer(booted.encodedLength());
    }

    /** Says that it is gone: a router that starts again has then nothing to add. */
    void leave() {
        final SourceDownEncoder down = new SourceDownEncoder().wrapAndApplyHeader(buffer, 0, header);
        down.sourceSequence(++sequence).sourceTime(timeNs()).source(SOURCE).tenant(TENANT).connection(0).sourceName("").text("");
        offer(down.encodedLength());
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
        sessionsOfUser[fill(call, leg)]++;
        seen.wrapAndApplyHeader(buffer, 0, header).sourceSequence(++sequence).sourceTime(timeNs()).source(SOURCE).tenant(TENANT)
            .legState(0 == leg ? LegState.RING : LegState.RINGING).legKind(LegKind.DEVICE)
            .direction(0 == leg ? Direction.OUTGOING : Direction.INCOMING);
        seen.putNativeId(nativeId, 0, nativeId.length).putCallId(callId, 0, callId.length).putDevice(device, 0, device.length)
            .putUser(user, 0, user.length).putNumber(user, 0, user.length).putName(name, 0, name.length)
            .putRemoteParty(remote, 0, remote.length).putRemoteName(remoteName, 0, remoteName.length)
            .putDialled(remote, 0, 0 == leg ? remote.length : 0).linkedTo("");
        offer(seen.encodedLength());
    }

    private void answer(final int call, final int leg) {
        fill(call, leg);
        state.wrapAndApplyHeader(buffer, 0, header).sourceSequence(++sequence).sourceTime(timeNs()).source(SOURCE).tenant(TENANT)
            .legState(LegState.UP).legKind(LegKind.DEVICE);
        state.putNativeId(nativeId, 0, nativeId.length).putCallId(callId, 0, callId.length).putDevice(device, 0, device.length)
            .putUser(user, 0, user.length).putNumber(user, 0, user.length).putName(name, 0, name.length)
            .putRemoteParty(remote, 0, remote.length).putRemoteName(remoteName, 0, remoteName.length);
        offer(state.encodedLength());
    }

    private void hangUp(final int call, final int leg) {
        sessionsOfUser[fill(call, leg)]--;
        hangup.wrapAndApplyHeader(buffer, 0, header).sourceSequence(++sequence).sourceTime(timeNs()).source(SOURCE).tenant(TENANT)
            .legState(LegState.UP).legKind(LegKind.DEVICE).causeCode(NORMAL_CLEARING);
        hangup.putNativeId(nativeId, 0, nativeId.length).putCallId(callId, 0, callId.length).putDevice(device, 0, device.length)
            .putUser(user, 0, user.length).putNumber(user, 0, user.length).putName(name, 0, name.length)
            .putRemoteParty(remote, 0, remote.length).putRemoteName(remoteName, 0, remoteName.length).text("");
        offer(hangup.encodedLength());
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
        return START_NS + sequence * STEP_NS;
    }

    private void offer(final int encodedLength) {
        final int length = SignalLayout.HEADER_LENGTH + encodedLength;
        long code = channel.offer(buffer, 0, length);
        while (ReturnCode.BACK_PRESSURED == code) {
            // a sleep, because cores are few: the router may be waiting for this one
            LockSupport.parkNanos(WAIT_NS);
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

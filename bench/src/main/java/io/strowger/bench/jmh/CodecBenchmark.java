package io.strowger.bench.jmh;

import io.strowger.bench.load.SignalPool;
import io.strowger.bench.load.Traffic;
import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.admission.AdmissionWalk;
import io.strowger.codecs.admission.TemplateSet;
import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.LegStateDecoder;
import io.strowger.codecs.sbe.LegStateEncoder;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Signals in and out of SBE, a signal a call.
 *
 * <p>{@code encodeLegState}: one fact with 7 fixed fields and 8 texts. {@code decodeLegState}: all of its fields, texts by wrapping.
 * {@code route}, {@code admit}, {@code decodeAndAdmit}: over facts of real calls in the order of traffic, 10 thousand sessions: template,
 * source sequence, source time, source, tenant and native id; the bounded walk of admission; both, which is what a router does with each
 * signal before it believes it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
    private static final int SIGNALS = 20_000;
    private static final int SESSIONS = 10_000;
    private static final long SEED = 20_261_125L;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
    private final UnsafeBuffer text = new UnsafeBuffer(0, 0);
    private final MessageHeaderEncoder headerOut = new MessageHeaderEncoder();
    private final MessageHeaderDecoder headerIn = new MessageHeaderDecoder();
    private final LegStateEncoder encoder = new LegStateEncoder();
    private final LegStateDecoder decoder = new LegStateDecoder();
    private final AdmissionWalk admission = new AdmissionWalk(TemplateSet.forSources());
    private final byte[] nativeId = ascii("1795624196.21");
    private final byte[] callId = ascii("1795624196.20");
    private final byte[] device = ascii("PJSIP/102-00000014");
    private final byte[] user = ascii("102");
    private final byte[] remote = ascii("101");
    private final byte[] name = ascii("Ann");
    private SignalPool pool;
    private long sequence;

    @Setup
    public void setup() {
        final Traffic traffic = Traffic.ofCaptures(SESSIONS, SEED);
        pool = new SignalPool(32 << 20);
        while (traffic.preload(pool)) {
            pool.clear();
        }
        traffic.fill(pool, SIGNALS);
        encodeLegState();
        if (0 != admitAll()) {
            throw new IllegalStateException("admission refuses facts of the captures");
        }
    }

    @Benchmark
    public int encodeLegState() {
        encoder.wrapAndApplyHeader(buffer, 0, headerOut)
            .sourceSequence(++sequence).sourceTime(sequence).source(1).tenant(1).legState(LegState.UP).legKind(LegKind.DEVICE)
            .putNativeId(nativeId, 0, nativeId.length)
            .putCallId(callId, 0, callId.length)
            .putDevice(device, 0, device.length)
            .putUser(user, 0, user.length)
            .putNumber(user, 0, user.length)
            .putName(name, 0, name.length)
            .putRemoteParty(remote, 0, remote.length)
            .putRemoteName(name, 0, 0);
        return encoder.encodedLength();
    }

    @Benchmark
    public long decodeLegState() {
        decoder.wrapAndApplyHeader(buffer, 0, headerIn);
        long sum = decoder.sourceSequence() + decoder.sourceTime() + decoder.source() + decoder.tenant()
            + decoder.legStateRaw() + decoder.legKindRaw();
        decoder.wrapNativeId(text);
        sum += text.capacity();
        decoder.wrapCallId(text);
        sum += text.capacity();
        decoder.wrapDevice(text);
        sum += text.capacity();
        decoder.wrapUser(text);
        sum += text.capacity();
        decoder.wrapNumber(text);
        sum += text.capacity();
        decoder.wrapName(text);
        sum += text.capacity();
        decoder.wrapRemoteParty(text);
        sum += text.capacity();
        decoder.wrapRemoteName(text);
        return sum + text.capacity();
    }

    @Benchmark
    @OperationsPerInvocation(SIGNALS)
    public long route() {
        final DirectBuffer signals = pool.buffer();
        long sum = 0;
        int place = 0;
        for (int i = 0; i < SIGNALS; i++) {
            sum += route(signals, pool.signal(place));
            place = pool.next(place);
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(SIGNALS)
    public int admit() {
        return admitAll();
    }

    @Benchmark
    @OperationsPerInvocation(SIGNALS)
    public long decodeAndAdmit() {
        final DirectBuffer signals = pool.buffer();
        long sum = 0;
        int place = 0;
        for (int i = 0; i < SIGNALS; i++) {
            final int signal = pool.signal(place);
            if (AdmissionWalk.ADMITTED == admission.check(signals, signal, pool.length(place))) {
                sum += route(signals, signal);
            }
            place = pool.next(place);
        }
        return sum;
    }

    private int admitAll() {
        final DirectBuffer signals = pool.buffer();
        int refused = 0;
        int place = 0;
        for (int i = 0; i < SIGNALS; i++) {
            refused += admission.check(signals, pool.signal(place), pool.length(place));
            place = pool.next(place);
        }
        return refused;
    }

    private static long route(final DirectBuffer signals, final int signal) {
        final int id = SignalLayout.varDataOffset(signals, signal);
        return SignalLayout.templateId(signals, signal) + SignalLayout.sourceSequence(signals, signal)
            + SignalLayout.sourceTime(signals, signal) + SignalLayout.source(signals, signal) + SignalLayout.tenant(signals, signal)
            + signals.getByte(id + 2 + SignalLayout.textLength(signals, id) - 1);
    }

    private static byte[] ascii(final String value) {
        return value.getBytes(StandardCharsets.US_ASCII);
    }
}

package io.strowger.ops.audit;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.admission.AdmissionWalk;
import io.strowger.codecs.admission.TemplateSet;
import io.strowger.codecs.sbe.AuditEncoder;
import io.strowger.codecs.sbe.AuditKind;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.ops.access.Audit;
import io.strowger.ops.access.Credential;
import io.strowger.router.Router;
import io.strowger.router.pipeline.Channel;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes what was done at the gates into the journal. Any thread; waits for nothing.
 *
 * <p>Of callers that are not let in, and of applications that are refused something, each second's first ten have a record each, all
 * others of that second one with their count: a flood does not fill the journal. What one who operates the server reads again and again
 * from one address has a record an hour. What the router has no room for now is counted, and told as {@code NOT_KEPT} in front of what
 * comes next. Counts don't wait for that: they are told with the next {@link #tell} after their second, and with the end.
 */
public final class AuditTrail implements Audit, AutoCloseable {
    /** In place of the tenant of who is not known. */
    static final int NO_TENANT = -1;

    private static final int REFUSALS_A_SECOND = 10;
    private static final int LONGEST_TEXT = 384;
    private static final long NS_PER_SECOND = 1_000_000_000;
    private static final long OPERATED_AGAIN_NS = 3_600 * NS_PER_SECOND;
    private static final int MOST_OPERATED = 1_000;
    /** For so long the end waits for room. */
    private static final long LONGEST_END_NS = 2 * NS_PER_SECOND;
    private static final long LOOK_AGAIN_NS = 1_000_000;
    private static final System.Logger LOG = System.getLogger(AuditTrail.class.getName());
    private static final byte[] NOTHING = new byte[0];

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final AuditEncoder encoder = new AuditEncoder();
    private final Router router;
    private final Channel channel;
    private final EpochNanoClock clock;
    /** When each was written last, the longest ago first. */
    private final Map<String, Long> operated = new LinkedHashMap<>();
    private long refusalSecond;
    /** Records of this second, and refusals beyond those. */
    private int refusals;
    private int furtherRefusals;
    private int notKept;
    private boolean isClosed;

    /**
     * A trail into a router's journal.
     *
     * @param clock nanoseconds since 1970.
     */
    public AuditTrail(final Router router, final EpochNanoClock clock) {
        this.router = router;
        this.channel = router.openChannel(new AdmissionWalk(TemplateSet.forAudit())::check);
        this.clock = clock;
    }

    @Override
    public synchronized void note(final AuditKind kind, final Credential who, final String from, final String text) {
        final long nowNs = clock.nanoTime();
        final String address = PeerAddress.shortened(from);
        if (AuditKind.REFUSED == kind) {
            refuse(nowNs, who, address, 1, text);
        } else if (AuditKind.OPERATED == kind) {
            operate(nowNs, who, address, text);
        } else {
            write(nowNs, kind, 1, who, address, text);
        }
    }

    @Override
    public synchronized void refused(final String from, final int count, final String why) {
        refuse(clock.nanoTime(), null, PeerAddress.shortened(from), count, why);
    }

    /** Metrics and health are read every few seconds, for years. What found no room is written with the next time. */
    private void operate(final long nowNs, final Credential who, final String address, final String text) {
        final String what = who.name() + ' ' + address + ' ' + text;
        final Long last = operated.get(what);
        if ((null != last && nowNs - last < OPERATED_AGAIN_NS)
            || !write(nowNs, AuditKind.OPERATED, 1, who, address, text)) {
            return;
        }
        operated.remove(what);
        operated.put(what, nowNs);
        if (operated.size() > MOST_OPERATED) {
            final Iterator<String> eldest = operated.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    /** Who is not let in is not known; an application that is refused something is. */
    private void refuse(final long nowNs, final Credential who, final String address, final int count, final String text) {
        beginSecond(nowNs);
        if (refusals < REFUSALS_A_SECOND) {
            refusals++;
            write(nowNs, AuditKind.REFUSED, count, who, address, text);
        } else {
            furtherRefusals += count;
        }
    }

    /** Tells the counts that are whole: to be called about once a second, so that they don't wait until somebody comes. */
    public synchronized void tell() {
        final long nowNs = clock.nanoTime();
        beginSecond(nowNs);
        tellNotKept(nowNs);
    }

    private void beginSecond(final long nowNs) {
        if (nowNs / NS_PER_SECOND != refusalSecond) {
            tellFurtherRefusals(nowNs);
            refusalSecond = nowNs / NS_PER_SECOND;
        }
    }

    private void tellFurtherRefusals(final long nowNs) {
        if (furtherRefusals > 0) {
            write(nowNs, AuditKind.REFUSED, furtherRefusals, null, "", "further ones within a second");
        }
        refusals = 0;
        furtherRefusals = 0;
    }

    /** Whether it was kept. */
    private boolean write(final long nowNs, final AuditKind kind, final int count, final Credential who, final String address,
                          final String text) {
        if (isClosed) {
            return false;
        }
        tellNotKept(nowNs);
        final boolean isKept = 0 == notKept && offer(nowNs, kind, count, null == who ? NO_TENANT : who.tenant(),
            null == who ? NOTHING : bytes(who.id()), bytes(address), bytes(text));
        if (!isKept) {
            notKept += count;
        }
        return isKept;
    }

    private void tellNotKept(final long nowNs) {
        if (!isClosed && notKept > 0 && offer(nowNs, AuditKind.NOT_KEPT, notKept, NO_TENANT, NOTHING, NOTHING, NOTHING)) {
            notKept = 0;
        }
    }

    private boolean offer(final long nowNs, final AuditKind kind, final int count, final int tenant, final byte[] client,
                          final byte[] address, final byte[] text) {
        encoder.wrapAndApplyHeader(buffer, 0, header).sourceSequence(AuditEncoder.sourceSequenceNullValue()).sourceTime(nowNs).source(0)
            .tenant(tenant).kind(kind).count(count).putClientId(client, 0, client.length).putAddress(address, 0, address.length)
            .putText(text, 0, text.length);
        return channel.offer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength()) > 0;
    }

    /** No longer than a text may be; cut between two characters. */
    private static byte[] bytes(final String text) {
        final byte[] all = text.getBytes(StandardCharsets.UTF_8);
        if (all.length <= LONGEST_TEXT) {
            return all;
        }
        int end = LONGEST_TEXT;
        while ((all[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(all, 0, end, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }

    /** Writes what is still to be told, and waits up to two seconds for the room to; nothing is written from now on. */
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        tellFurtherRefusals(clock.nanoTime());
        tellNotKept(clock.nanoTime());
        final long sinceNs = System.nanoTime();
        while (notKept > 0 && !router.isClosed() && System.nanoTime() - sinceNs < LONGEST_END_NS) {
            LockSupport.parkNanos(LOOK_AGAIN_NS);
            tellNotKept(clock.nanoTime());
        }
        isClosed = true;
        channel.close();
        if (notKept > 0) {
            LOG.log(System.Logger.Level.WARNING, () -> "the journal had no room for " + notKept + " audit records, nor for their count");
        }
    }
}

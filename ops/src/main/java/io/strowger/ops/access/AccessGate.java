package io.strowger.ops.access;

import io.strowger.codecs.sbe.AuditKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.EpochClock;

/**
 * Lets callers in by their token. Any thread.
 *
 * <p>Who fails too often from one address is told to wait: ten failures at once, then one a second. A token that is good is let in from
 * there all the same, as many may share an address. Ten thousand addresses are remembered; with more the longest unheard of is forgotten.
 */
public final class AccessGate {
    private static final int FAILURES_PER_SECOND = 1;
    private static final int FAILURES_AT_ONCE = 10;
    private static final int MOST_ADDRESSES = 10_000;
    private static final int LONGEST_TOKEN = 256;

    private final EpochClock clock;
    private final Audit audit;
    private final Map<String, Load> loads = new ConcurrentHashMap<>();
    private final Map<String, TokenBucket> failures = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<String, TokenBucket> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong limited = new AtomicLong();
    private volatile Credentials credentials;
    private volatile String lastRefused;
    private volatile String lastLimited;

    /**
     * A gate.
     *
     * @param clock milliseconds since 1970.
     */
    public AccessGate(final Credentials credentials, final EpochClock clock) {
        this(credentials, clock, Audit.NONE);
    }

    /**
     * A gate.
     *
     * @param clock milliseconds since 1970.
     * @param audit is told who was not let in, and what those do who were.
     */
    public AccessGate(final Credentials credentials, final EpochClock clock, final Audit audit) {
        this.credentials = credentials;
        this.clock = clock;
        this.audit = audit;
    }

    /**
     * Takes other credentials from now on: who was let in by one that is gone is so no more, who was let in by one that has changed goes on
     * with what it says now, see {@link Admitted}. It is not noted here: one change may concern several gates, and is one record.
     */
    public void replace(final Credentials others) {
        credentials = others;
    }

    /**
     * Looks at a token.
     *
     * @param token   as it was shown; null when none was.
     * @param address of who shows it.
     * @return the caller; null when he is not let in.
     * @throws FloodException when he is not let in, as too many others from there.
     */
    public Admitted admit(final String token, final String address) throws FloodException {
        return admit(token, address, "no token");
    }

    /**
     * The same for one who may come without a token, too, and was looked at before.
     *
     * @param otherwise why he is not let in when he shows none; for people, never a secret.
     */
    public Admitted admit(final String token, final String address, final String otherwise) throws FloodException {
        final long nowMs = clock.time();
        final String hash = null == token || token.length() > LONGEST_TOKEN ? "" : Tokens.hash(token);
        final Credential credential = credentials.find(hash, nowMs);
        if (null == credential) {
            refused(address, null == token ? otherwise : "a token that is none, or none any more", 1);
            if (isFlooding(address, nowMs)) {
                throw new FloodException();
            }
            noteFailure(address, nowMs);
            return null;
        }
        return new Admitted(this, hash, credential, address,
            loads.computeIfAbsent(credential.name(), name -> new Load(credential.limits(), nowMs)));
    }

    /**
     * Notes that somebody was not let in for another reason than his token: he is told to wait for nothing.
     *
     * @param address of who came.
     * @param why     for people; never a secret.
     * @param count   how often, from 1.
     */
    public void refused(final String address, final String why, final int count) {
        refused.addAndGet(count);
        audit.refused(address, count, why);
        lastRefused = address;
    }

    /**
     * Notes that a connection did not come of which no address is known: who was refused last stays known.
     *
     * @param why for people; never a secret.
     */
    public void refusedUnknown(final String why) {
        refused.incrementAndGet();
        audit.refused("", 1, why);
    }

    /** How many were not let in. */
    public long refused() {
        return refused.get();
    }

    /** Address of the last who was not let in and whose address is known; null when there is none. */
    public String lastRefused() {
        return lastRefused;
    }

    /** How often somebody who was let in wanted more requests, actions or streams than his application may have. */
    public long limited() {
        return limited.get();
    }

    /** Application of the last who did; null when nobody did. */
    public String lastLimited() {
        return lastLimited;
    }

    /** Notes it where something was beyond a limit. */
    boolean isWithin(final boolean isTaken, final Credential credential) {
        if (!isTaken) {
            limited.incrementAndGet();
            lastLimited = credential.name();
        }
        return isTaken;
    }

    /**
     * Whether an application may ask for any action.
     *
     * @param name of it, see {@link Credential#name}.
     */
    public boolean mayAct(final String name) {
        return credentials.mayAct(name);
    }

    /** Streams of all that were let in. */
    public int streams() {
        return loads.values().stream().mapToInt(Load::streams).sum();
    }

    /**
     * Has it kept what one does who was let in.
     *
     * @param text for people; never a secret.
     */
    public void note(final AuditKind kind, final Credential who, final String address, final String text) {
        audit.note(kind, who, address, text);
    }

    long nowMs() {
        return clock.time();
    }

    /** What a token stands for now; null when nothing. */
    Credential find(final String hash) {
        return credentials.find(hash, clock.time());
    }

    private boolean isFlooding(final String address, final long nowMs) {
        synchronized (failures) {
            final TokenBucket bucket = failures.get(address);
            return null != bucket && bucket.isEmpty(nowMs);
        }
    }

    private void noteFailure(final String address, final long nowMs) {
        synchronized (failures) {
            failures.computeIfAbsent(address, from -> new TokenBucket(FAILURES_PER_SECOND, FAILURES_AT_ONCE, nowMs)).take(nowMs);
        }
    }
}

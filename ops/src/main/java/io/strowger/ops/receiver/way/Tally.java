package io.strowger.ops.receiver.way;

import java.util.concurrent.atomic.AtomicLong;

/** What is counted of a source. The receiver's loop writes; any thread reads. */
public final class Tally {
    private final AtomicLong heardMs = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong repeats = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private volatile int phones;
    private volatile String failure;
    private volatile String tooMany;

    /** A request of it has come. */
    public void heard() {
        heardMs.lazySet(System.currentTimeMillis());
        requests.lazySet(requests.get() + 1);
    }

    /** A request was not taken, or can't be read. */
    public void refused() {
        refused.lazySet(refused.get() + 1);
    }

    void repeated() {
        repeats.lazySet(repeats.get() + 1);
    }

    void lost() {
        lost.lazySet(lost.get() + 1);
    }

    /** How many phones there are now. */
    public void phones(final int count) {
        phones = count;
    }

    /** Why the router does not take it; null when it does. */
    public void failure(final String why) {
        failure = why;
    }

    /** When it was heard last, in milliseconds since 1970; 0 for never. */
    public long heardMs() {
        return heardMs.get();
    }

    /** Requests that came. */
    public long requests() {
        return requests.get();
    }

    /** Of them: not taken, or not understood. */
    public long refusedRequests() {
        return refused.get();
    }

    /** Of them: known to be repeats. */
    public long repeats() {
        return repeats.get();
    }

    /** Of them: no room, told as a gap. */
    public long lostRequests() {
        return lost.get();
    }

    /** Phones that there are now. */
    public int phones() {
        return phones;
    }

    /** Why no further phone is taken; null when one is. */
    public void tooMany(final String why) {
        tooMany = why;
    }

    /** Why the router does not take it, or why no further phone is taken, or both; null when all is well. */
    public String failure() {
        final String router = failure;
        final String phones = tooMany;
        return null == phones ? router : null == router ? phones : phones + "; the router: " + router;
    }

    /** Why no further phone is taken; null when one is. */
    public String tooMany() {
        return tooMany;
    }
}

package io.strowger.persistence.retention;

import io.strowger.persistence.CycleSpan;
import io.strowger.persistence.KeptCycles;
import io.strowger.persistence.LockFile;
import io.strowger.persistence.PlacesLock;
import io.strowger.persistence.tail.Cursors;
import io.strowger.persistence.tail.NamedCursor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Removes what a journal need not keep: whole cycles, oldest first, each only when its last record is before everything needed.
 *
 * <pre>
 *   new Retention(directory, new RetentionLimits(30 * DAY_NS, 100L &lt;&lt; 30)).run(KeptCycles.of(journal), nowNs)
 * </pre>
 *
 * <p>Beside a router with a follower, what that has not read yet is held with
 * {@code hold("follower", router::followerNeeds)}. A subscriber that has fallen behind what is
 * kept is told so, typed, and may begin again with a snapshot: nobody slow keeps the disk from being freed.
 *
 * <p>A run reads the snapshots only when the limits give up a cycle. On any thread but the journal's. An object runs once at a time;
 * runs of several on one journal wait for each other.
 */
public final class Retention {
    /** Good snapshots that can be begun with: the newest, and one to fall back to. */
    private static final int SNAPSHOTS = 2;

    private final Path directory;
    private final RetentionLimits limits;
    private final GoodSnapshots snapshots;
    private final Map<String, LongSupplier> held = new LinkedHashMap<>();

    /**
     * Retention of a journal.
     *
     * @param directory of it.
     */
    public Retention(final Path directory, final RetentionLimits limits) {
        this.directory = directory;
        this.limits = limits;
        this.snapshots = new GoodSnapshots(directory);
    }

    /**
     * Keeps what something in this process still needs. Before the first run.
     *
     * @param name     of it, for the report.
     * @param position first sequence that it needs, asked in each run on its thread; {@link Long#MAX_VALUE} for none now.
     */
    public Retention hold(final String name, final LongSupplier position) {
        held.put(name, position);
        return this;
    }

    /**
     * Says what {@link #run} would remove now, and removes nothing.
     */
    public RetentionReport plan(final KeptCycles cycles, final long nowNs) {
        return run(cycles, nowNs, false);
    }

    /**
     * Removes what may go.
     *
     * @param cycles of the journal.
     * @param nowNs  since 1970, what ages are counted from.
     * @throws io.strowger.persistence.tail.CursorException  when a cursor is damaged: what it needs is not known.
     * @throws io.strowger.router.journal.JournalException when the journal is damaged where a cycle begins or ends, or the disk fails.
     */
    public RetentionReport run(final KeptCycles cycles, final long nowNs) {
        return run(cycles, nowNs, true);
    }

    private RetentionReport run(final KeptCycles cycles, final long nowNs, final boolean isReal) {
        final List<CycleSpan> listed = list(cycles);
        if (0 == givenUp(listed, nowNs)) {
            return report(listed, 0, List.of(), List.of());
        }
        // the snapshots first: they take long to read, and no cursor has to wait for that
        final Need snapshot = snapshotNeed(cycles, listed.get(0).first());
        final LockFile places = PlacesLock.toRemove(directory);
        try {
            return run(cycles, nowNs, snapshot, isReal);
        } finally {
            places.close();
        }
    }

    /** Under the lock: another run may be removing, and a file that goes while it is read looks like damage. */
    private List<CycleSpan> list(final KeptCycles cycles) {
        final LockFile places = PlacesLock.toRemove(directory);
        try {
            return cycles.list();
        } finally {
            places.close();
        }
    }

    /**
     * From the look at the cursors until the journal begins elsewhere none may come that is not seen. The cycles are listed again: while
     * the snapshots were read another run may have removed some.
     */
    private RetentionReport run(final KeptCycles cycles, final long nowNs, final Need snapshot, final boolean isReal) {
        final List<CycleSpan> spans = cycles.list();
        final int givenUp = givenUp(spans, nowNs);
        final List<Need> holding = new ArrayList<>();
        int count = givenUp;
        for (final Need need : needs(snapshot)) {
            final int before = before(spans, givenUp, need.position());
            if (before < givenUp) {
                holding.add(need);
            }
            count = Math.min(count, before);
        }
        if (isReal && count > 0) {
            cycles.beginWith(spans.get(count));
        }
        holding.sort(Comparator.comparingLong(Need::position));
        return report(spans, count, holding, snapshots.bad());
    }

    private RetentionReport report(final List<CycleSpan> spans, final int count, final List<Need> holding, final List<String> bad) {
        final long removed = bytes(spans.subList(0, count));
        final long kept = bytes(spans.subList(count, spans.size()));
        return new RetentionReport(List.copyOf(spans.subList(0, count)), removed, kept, spans.isEmpty() ? 0 : spans.get(count).first(),
            kept > limits.maxBytes(), List.copyOf(holding), bad);
    }

    /**
     * How many of the oldest cycles the limits give up; never the newest.
     */
    private int givenUp(final List<CycleSpan> spans, final long nowNs) {
        long bytes = bytes(spans);
        int count = 0;
        while (count < spans.size() - 1 && (isOld(spans.get(count), nowNs) || bytes > limits.maxBytes())) {
            bytes -= spans.get(count).bytes();
            count++;
        }
        return count;
    }

    private boolean isOld(final CycleSpan span, final long nowNs) {
        return RetentionLimits.NONE != limits.maxAgeNs() && nowNs - span.newestNs() > limits.maxAgeNs();
    }

    private Need snapshotNeed(final KeptCycles cycles, final long first) {
        final List<Long> good = snapshots.newest(cycles.journal(), SNAPSHOTS);
        if (good.isEmpty()) {
            return new Need(Need.Kind.SNAPSHOT, "", first);
        }
        // with its own record, whose chain tells that it is of this journal
        final long oldest = good.get(good.size() - 1);
        return new Need(Need.Kind.SNAPSHOT, Long.toString(oldest), oldest);
    }

    private List<Need> needs(final Need snapshot) {
        final List<Need> needs = new ArrayList<>();
        needs.add(snapshot);
        for (final NamedCursor cursor : Cursors.list(directory)) {
            needs.add(new Need(Need.Kind.CURSOR, cursor.name(), cursor.position()));
        }
        held.forEach((name, position) -> needs.add(new Need(Need.Kind.POSITION, name, position.getAsLong())));
        return needs;
    }

    private static int before(final List<CycleSpan> spans, final int limit, final long position) {
        int count = 0;
        while (count < limit && spans.get(count).last() < position) {
            count++;
        }
        return count;
    }

    private static long bytes(final List<CycleSpan> spans) {
        long bytes = 0;
        for (final CycleSpan span : spans) {
            bytes += span.bytes();
        }
        return bytes;
    }
}

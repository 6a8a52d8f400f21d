package io.strowger.codecs.translate;

import java.util.EnumMap;
import java.util.List;
import java.util.function.ObjLongConsumer;

/**
 * What a translator has seen. Written by its thread; another thread reads values that may be a moment old.
 */
public final class StreamCounters {
    /** What is counted. */
    public enum Counter {
        /** Blocks: events, messages or requests, and what else a stream has between them but empty lines and banners. */
        BLOCKS,
        /** Facts that the sink has taken. */
        FACTS,
        /** Events of a name that carries nothing. */
        NOISE,
        /** Events of a name that is not known; each gave an {@code Other} fact. */
        UNKNOWN_EVENTS,
        /** Blocks that can't be read; each gave an {@code Other} fact, but for those of AMI that have headers and are no event. */
        MALFORMED,
        /** Requests that carry no message of the dialect; each gave an {@code Other} fact, and counts among the unknown events too. */
        FOREIGN,
        /** Blocks longer than the limit; each gave an {@code Other} fact. */
        TOO_LARGE,
        /** Blocks with an identity longer than 160 bytes; each gave an {@code Other} fact in place of its own. */
        IDENTITY_TOO_LONG,
        /** Events that name no call where they must; each gave an {@code Other} fact. */
        WITHOUT_NATIVE_ID,
        /** Blocks whose texts were cut tight so that their facts fit. */
        CUT_TIGHT,
        /** Blocks that were unfinished when their connection ended. */
        UNFINISHED,
        /** AMI: events that stand in a list, inside one or stray. */
        LIST_ITEMS,
        /** AMI: banner lines. */
        BANNERS,
        /** AMI: responses that are no event. */
        RESPONSES,
        /** AMI: blocks without a header: free text. */
        TEXT_REPLIES,
        /** AMI: lists that could not be followed to their end because too many were open, or at all because their id was too long. */
        LISTS_REFUSED
    }

    /** One long in an array for each, so that counting finds it without boxing. */
    private final EnumMap<Counter, long[]> values = new EnumMap<>(Counter.class);
    private final List<String> names;
    private final long[] byName;
    private Counter bad;

    /**
     * Counters at 0.
     *
     * @param names of the events that are counted one by one, in the order of their numbers.
     */
    public StreamCounters(final List<String> names) {
        this.names = List.copyOf(names);
        this.byName = new long[names.size()];
        for (final Counter counter : Counter.values()) {
            values.put(counter, new long[1]);
        }
    }

    /**
     * Reads a counter.
     *
     * @return from 0, since the translator was made.
     */
    public long get(final Counter counter) {
        return values.get(counter)[0];
    }

    /**
     * How many blocks are of the dialect, whether they carry anything or not.
     *
     * @return from 0; it stays 0 over bytes that are something else altogether.
     */
    public long understood() {
        return get(Counter.BLOCKS) + get(Counter.BANNERS)
            - get(Counter.MALFORMED) - get(Counter.FOREIGN) - get(Counter.TOO_LARGE) - get(Counter.TEXT_REPLIES);
    }

    /**
     * Gives the names of events that were seen, with how often, in a fixed order; noise is told by its name here.
     */
    public void forEachEvent(final ObjLongConsumer<String> consumer) {
        for (int i = 0; i < byName.length; i++) {
            if (byName[i] > 0) {
                consumer.accept(names.get(i), byName[i]);
            }
        }
    }

    /** One more. */
    public void add(final Counter counter) {
        add(counter, 1);
    }

    /**
     * Some more.
     *
     * @param more from 0.
     */
    public void add(final Counter counter, final long more) {
        values.get(counter)[0] += more;
        if (counter == Counter.MALFORMED || counter == Counter.TOO_LARGE) {
            bad = counter;
        }
    }

    /** What could not be read since this was asked last, or null. */
    Counter takeBad() {
        final Counter taken = bad;
        bad = null;
        return taken;
    }

    /**
     * One more event of a name.
     *
     * @param number of the name.
     */
    public void addEvent(final int number) {
        byName[number]++;
    }
}

package io.strowger.codecs.ami;

import java.util.EnumMap;
import java.util.function.ObjLongConsumer;

/**
 * What a translator has seen. Written by its thread; another thread reads values that may be a moment old.
 */
public final class AmiCounters {
    /** What is counted. */
    public enum Counter {
        /** Blocks with an event, a response or a text. */
        BLOCKS,
        /** Facts that the sink has taken. */
        FACTS,
        /** Events of a name that carries nothing. */
        NOISE,
        /** Events of a name that is not known; each gave an {@code Other} fact. */
        UNKNOWN_EVENTS,
        /** Events that stand in a list, inside one or stray. */
        LIST_ITEMS,
        /** Banner lines. */
        BANNERS,
        /** Responses that are no event. */
        RESPONSES,
        /** Blocks without a header: free text. */
        TEXT_REPLIES,
        /** Blocks with headers but neither an event nor a response, and responses whose end was missing. */
        MALFORMED,
        /** Blocks longer than the limit or with too many fields; each gave an {@code Other} fact. */
        TOO_LARGE,
        /** Blocks with an identity longer than 160 bytes; each gave an {@code Other} fact in place of its own. */
        IDENTITY_TOO_LONG,
        /** Events that name no leg where they must; each gave an {@code Other} fact. */
        WITHOUT_NATIVE_ID,
        /** Blocks whose texts were cut tight so that their facts fit. */
        CUT_TIGHT,
        /** Blocks that were unfinished when their connection ended. */
        UNFINISHED,
        /** Lists that could not be followed to their end because too many were open, or at all because their id was too long. */
        LISTS_REFUSED
    }

    /** One long in an array for each, so that counting finds it without boxing. */
    private final EnumMap<Counter, long[]> values = new EnumMap<>(Counter.class);
    private final long[] byName = new long[AmiEventNames.count()];

    AmiCounters() {
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
     * Gives the names of events that were seen, with how often, in a fixed order; noise is told by its name here.
     */
    public void forEachEvent(final ObjLongConsumer<String> consumer) {
        for (int i = 0; i < byName.length; i++) {
            if (byName[i] > 0) {
                consumer.accept(AmiEventNames.name(i), byName[i]);
            }
        }
    }

    void add(final Counter counter) {
        add(counter, 1);
    }

    void add(final Counter counter, final long more) {
        values.get(counter)[0] += more;
    }

    void addEvent(final int number) {
        byName[number]++;
    }
}

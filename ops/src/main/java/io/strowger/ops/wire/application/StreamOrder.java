package io.strowger.ops.wire.application;

import io.strowger.codecs.sbe.application.NameKind;
import io.strowger.codecs.sbe.application.Policy;
import io.strowger.codecs.sbe.application.Start;
import io.strowger.codecs.sbe.application.StreamEventDecoder;
import java.util.ArrayList;
import java.util.List;

/**
 * What a stream is asked of: of everything that may be read, as long as nothing else is said. Immutable; any thread.
 *
 * <pre>
 *   StreamOrder.all().user("102").type("call").withStatus().window(1_000)
 * </pre>
 */
public final class StreamOrder {
    private static final int USUAL_WINDOW = 8_192;
    private static final int MOST_NAMES = 100;
    private static final int LONGEST_NAME = 160;

    private final List<Name> names;
    private final Start start;
    private final String position;
    private final Policy policy;
    private final int window;
    private final boolean isByHand;

    private StreamOrder(final List<Name> names, final Start start, final String position, final Policy policy, final int window,
                        final boolean isByHand) {
        this.names = names;
        this.start = start;
        this.position = position;
        this.policy = policy;
        this.window = window;
        this.isByHand = isByHand;
    }

    /** Everything that may be read, from now on. */
    public static StreamOrder all() {
        return new StreamOrder(List.of(), Start.NOW, "", Policy.EVERY, USUAL_WINDOW, false);
    }

    /** Of this local user, too. */
    public StreamOrder user(final String name) {
        return with(NameKind.USER, name);
    }

    /** Of this group, too. */
    public StreamOrder group(final String name) {
        return with(NameKind.GROUP, name);
    }

    /** Of this call, too. */
    public StreamOrder call(final String id) {
        return with(NameKind.CALL, id);
    }

    /** Only this type, or this family of types, and those said before. */
    public StreamOrder type(final String name) {
        return with(NameKind.TYPE, name);
    }

    /** First everything that is so now, then what happens behind that. */
    public StreamOrder withStatus() {
        return new StreamOrder(names, Start.STATUS, "", policy, window, isByHand);
    }

    /** Behind a position of a stream of the same tenant: 22 characters. */
    public StreamOrder behind(final String place) {
        if (StreamEventDecoder.positionLength() != place.length()) {
            throw new IllegalArgumentException("no position has " + place.length() + " characters");
        }
        return new StreamOrder(names, Start.BEHIND, place, policy, window, isByHand);
    }

    /** What is to become of it when it is read too slowly. */
    public StreamOrder policy(final Policy wanted) {
        return new StreamOrder(names, start, position, wanted, window, isByHand);
    }

    /**
     * How many events and things of a status may be under way; more is asked for as they are taken.
     *
     * @param events from 2.
     */
    public StreamOrder window(final int events) {
        if (events < 2) {
            throw new IllegalArgumentException("a window is of 2 events at least");
        }
        return new StreamOrder(names, start, position, policy, events, false);
    }

    /**
     * More is asked for with {@link ApplicationStream#credit} alone.
     *
     * @param first how many may come before that, from 0.
     */
    public StreamOrder creditByHand(final int first) {
        if (first < 0) {
            throw new IllegalArgumentException("credit is from 0");
        }
        return new StreamOrder(names, start, position, policy, first, true);
    }

    List<Name> names() {
        return names;
    }

    Start start() {
        return start;
    }

    String position() {
        return position;
    }

    Policy policy() {
        return policy;
    }

    int window() {
        return window;
    }

    boolean isByHand() {
        return isByHand;
    }

    private StreamOrder with(final NameKind kind, final String name) {
        if (names.size() >= MOST_NAMES || name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("up to " + MOST_NAMES + " names, each of 1 to " + LONGEST_NAME + " characters");
        }
        final List<Name> more = new ArrayList<>(names);
        more.add(new Name(kind, name));
        return new StreamOrder(List.copyOf(more), start, position, policy, window, isByHand);
    }

    /** One name of the filter. */
    record Name(NameKind kind, String name) {
    }
}

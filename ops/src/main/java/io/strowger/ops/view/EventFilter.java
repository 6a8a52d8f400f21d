package io.strowger.ops.view;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.json.EventTypeNames;
import io.strowger.codecs.sbe.EventType;
import io.strowger.ops.console.UsageException;
import io.strowger.router.record.EventKeys;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Which events a reader wants. One thread.
 */
public final class EventFilter {
    /** Any tenant. */
    public static final int ANY_TENANT = -1;

    private final byte[] user;
    private final byte[] group;
    private final Set<EventType> types;
    private final int tenant;
    private final EventFields fields = new EventFields();

    /**
     * A filter.
     *
     * @param user   local user, null for any.
     * @param group  group, null for any.
     * @param types  names of types; the part before the dot stands for all of a family; empty for any.
     * @param tenant number, {@link #ANY_TENANT} for any.
     * @throws UsageException for a name that is none of a type.
     */
    public EventFilter(final String user, final String group, final List<String> types, final int tenant) {
        this.user = null == user ? null : user.getBytes(StandardCharsets.UTF_8);
        this.group = null == group ? null : group.getBytes(StandardCharsets.UTF_8);
        this.types = types.isEmpty() ? EnumSet.allOf(EventType.class) : typesOf(types);
        this.tenant = tenant;
    }

    /**
     * Asks whether an event is wanted.
     *
     * @param offset of the SBE header of an {@code Event}.
     */
    public boolean matches(final DirectBuffer buffer, final int offset) {
        if (ANY_TENANT != tenant && SignalLayout.tenant(buffer, offset) != tenant) {
            return false;
        }
        fields.wrap(buffer, offset);
        return types.contains(fields.fixed().eventType())
            && (null == user || fields.is(EventFields.LOCAL_USER, user))
            && (null == group || fields.is(EventFields.GROUP, group));
    }

    /**
     * Asks whether a block may hold a wanted event, by the filter in its header.
     *
     * @param block offset of the block's header.
     * @return false when it surely has none.
     */
    public boolean mayMatchIn(final DirectBuffer buffer, final int block) {
        if (ANY_TENANT == tenant) {
            return true;
        }
        return EventKeys.mayContain(buffer, block, EventKeys.tenant(tenant))
            && (null == user || EventKeys.mayContain(buffer, block, EventKeys.user(tenant, new UnsafeBuffer(user), 0, user.length)))
            && (null == group || EventKeys.mayContain(buffer, block, EventKeys.group(tenant, new UnsafeBuffer(group), 0, group.length)));
    }

    /**
     * Asks whether a signal without an event is wanted: only by its tenant; who asks for a user, a group or a type gets events alone.
     *
     * @param offset of its SBE header.
     */
    public boolean matchesSignal(final DirectBuffer buffer, final int offset) {
        return null == user && null == group && types.size() == EventType.values().length
            && (ANY_TENANT == tenant || SignalLayout.tenant(buffer, offset) == tenant);
    }

    private static String name(final EventType type) {
        final String name = EventTypeNames.name(type.value() & 0xFF);
        return null == name ? "" : name;
    }

    private static String allNames() {
        return Arrays.stream(EventType.values()).map(EventFilter::name).filter(name -> !name.isEmpty()).sorted()
            .collect(Collectors.joining(", "));
    }

    private static Set<EventType> typesOf(final List<String> names) {
        final Set<EventType> types = EnumSet.noneOf(EventType.class);
        for (final String name : names) {
            final Set<EventType> named = EventTypeNames.types(name);
            if (named.isEmpty()) {
                throw new UsageException("no event type '" + name + "'; there are: " + allNames());
            }
            types.addAll(named);
        }
        return types;
    }
}

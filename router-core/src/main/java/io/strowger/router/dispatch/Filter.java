package io.strowger.router.dispatch;

import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.Kind;
import io.strowger.router.record.EventKeys;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Which events a subscription wants. Immutable: each {@code with} gives another filter. Any thread.
 *
 * <p>An event passes when it is of the filter's tenant, and of one of the types and kinds named (none named: all but
 * {@code source.other}, which must be named), and about one of the users, groups, sessions, calls and sources named (none named: all).
 * A {@code source.restarted} ends sessions without a word more, so it passes whatever names are asked for, unless the types and kinds
 * named leave out everything about sessions.
 *
 * <p>At most {@link #MAX_NAMES} names: one more is an IllegalArgumentException. Who wants more subscribes several times, or to the whole
 * tenant.
 */
public final class Filter {
    /** Not a tenant: events of every tenant pass. For the operator only. */
    static final int EVERY_TENANT = Integer.MIN_VALUE;

    /** Most users, groups, sessions, calls and sources that one filter names, all together: the core looks each up as it takes it in. */
    public static final int MAX_NAMES = 1024;

    private static final int TYPES = 256;
    private static final Subject[] NO_SUBJECTS = new Subject[0];
    private static final int FIRST_USER_TYPE = EventType.USER_LOGGED_IN.value();
    private static final int FIRST_GROUP_TYPE = EventType.GROUP_LOGGED_IN.value();
    private static final int FIRST_ACTION_TYPE = EventType.ACTION_RESULT.value();
    private static final int FIRST_SOURCE_TYPE = EventType.SOURCE_UP.value();

    private final int tenant;
    private final boolean[] types;
    private final boolean isNarrowed;
    private final boolean takesRestarts;
    /** Of which kinds any type is asked for. */
    private final boolean[] kinds = new boolean[Kind.values().length];
    private final Subject[] subjects;

    private Filter(final int tenant, final boolean[] types, final boolean isNarrowed, final Subject[] subjects) {
        this.tenant = tenant;
        this.types = types;
        this.isNarrowed = isNarrowed;
        this.subjects = subjects;
        for (int type = 0; type < TYPES; type++) {
            kinds[kindOf(type).value()] |= types[type];
        }
        this.takesRestarts = types[EventType.SOURCE_RESTARTED.value()] || anySessionType(types);
    }

    /**
     * All events of one tenant. The number must come from a credential or a configuration, never from who asks.
     */
    public static Filter ofTenant(final int tenant) {
        if (EVERY_TENANT == tenant) {
            throw new IllegalArgumentException("no tenant has the number " + tenant);
        }
        return new Filter(tenant, allTypes(), false, NO_SUBJECTS);
    }

    /**
     * All events of all tenants: for the operator.
     */
    public static Filter ofEveryTenant() {
        return new Filter(EVERY_TENANT, allTypes(), false, NO_SUBJECTS);
    }

    /** Events of this local user too. */
    public Filter withUser(final String user) {
        return with(new Subject(Subject.USER, user));
    }

    /** Events of this group too. */
    public Filter withGroup(final String group) {
        return with(new Subject(Subject.GROUP, group));
    }

    /** Events of the session with this native id too. */
    public Filter withSession(final String nativeId) {
        return with(new Subject(Subject.SESSION, nativeId));
    }

    /** Events of the call with this id too. */
    public Filter withCall(final String callId) {
        return with(new Subject(Subject.CALL, callId));
    }

    /** Events of the source with this name too. */
    public Filter withSource(final String sourceName) {
        return with(new Subject(Subject.SOURCE, sourceName));
    }

    /** Events of this type too, and no longer of all types. */
    public Filter withType(final EventType type) {
        final boolean[] narrowed = narrowedTypes();
        narrowed[type.value()] = true;
        return new Filter(tenant, narrowed, true, subjects);
    }

    /** Events of this kind too, but {@code source.other}, and no longer of all kinds. */
    public Filter withKind(final Kind kind) {
        final boolean[] narrowed = narrowedTypes();
        for (int type = 0; type < TYPES; type++) {
            narrowed[type] |= kind == kindOf(type) && EventType.SOURCE_OTHER.value() != type;
        }
        return new Filter(tenant, narrowed, true, subjects);
    }

    /**
     * Says whether a block may hold an event that passes: what it answers no for can be skipped.
     *
     * @param buffer holds the block.
     * @param block  offset of its header.
     * @return false when it surely holds none.
     */
    public boolean mayMatchBlock(final DirectBuffer buffer, final int block) {
        if (EVERY_TENANT == tenant) {
            return true;
        }
        if (!EventKeys.mayContain(buffer, block, EventKeys.tenant(tenant))) {
            return false;
        }
        if (0 == subjects.length || EventKeys.mayContain(buffer, block, EventKeys.restart(tenant))) {
            return true;
        }
        for (final Subject subject : subjects) {
            if (mayContain(subject, buffer, block)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the event passes. */
    boolean matches(final EventView event) {
        if (event.tenant() != tenant && EVERY_TENANT != tenant) {
            return false;
        }
        if (EventType.SOURCE_RESTARTED.value() == event.type()) {
            return takesRestarts;
        }
        if (!types[event.type()]) {
            return false;
        }
        return isAbout(event);
    }

    /** Whether the item of a snapshot passes: about one of the names asked for, and of a kind of which any type is asked for. */
    boolean matchesItem(final EventView item) {
        if ((item.tenant() != tenant && EVERY_TENANT != tenant) || !kinds[item.kind()]) {
            return false;
        }
        return isAbout(item);
    }

    /** Whether users of one tenant are all it asks for. */
    boolean asksForUsersOnly() {
        boolean isUser = EVERY_TENANT != tenant && subjects.length > 0;
        for (final Subject subject : subjects) {
            isUser &= Subject.USER == subject.field();
        }
        return isUser;
    }

    int tenant() {
        return tenant;
    }

    /** Whether types or kinds are named. */
    boolean isNarrowed() {
        return isNarrowed;
    }

    boolean passesType(final int type) {
        return types[type];
    }

    Subject[] subjects() {
        return subjects;
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder(EVERY_TENANT == tenant ? "every tenant" : "tenant=" + tenant);
        for (final Subject subject : subjects) {
            text.append(", ").append(subject);
        }
        if (isNarrowed) {
            final List<EventType> named = new ArrayList<>();
            for (final EventType type : EventType.values()) {
                if (EventType.NULL_VAL != type && EventType.SBE_UNKNOWN != type && types[type.value()]) {
                    named.add(type);
                }
            }
            text.append(", types=").append(named);
        }
        return text.toString();
    }

    /** Whether it is about one of the names asked for. */
    private boolean isAbout(final EventView view) {
        boolean isAsked = 0 == subjects.length;
        for (int i = 0; i < subjects.length && !isAsked; i++) {
            isAsked = subjects[i].matches(view);
        }
        return isAsked;
    }

    private Filter with(final Subject subject) {
        if (MAX_NAMES == subjects.length) {
            throw new IllegalArgumentException("a filter names at most " + MAX_NAMES + " users, groups, sessions, calls and sources");
        }
        final Subject[] more = new Subject[subjects.length + 1];
        System.arraycopy(subjects, 0, more, 0, subjects.length);
        more[subjects.length] = subject;
        return new Filter(tenant, types, isNarrowed, more);
    }

    private boolean[] narrowedTypes() {
        return isNarrowed ? types.clone() : new boolean[TYPES];
    }

    private boolean mayContain(final Subject subject, final DirectBuffer buffer, final int block) {
        final DirectBuffer bytes = subject.bytes();
        return switch (subject.field()) {
            case Subject.USER -> EventKeys.mayContain(buffer, block, EventKeys.user(tenant, bytes, 0, bytes.capacity()));
            case Subject.GROUP -> EventKeys.mayContain(buffer, block, EventKeys.group(tenant, bytes, 0, bytes.capacity()));
            default -> true;
        };
    }

    private static boolean[] allTypes() {
        final boolean[] types = new boolean[TYPES];
        for (int type = 0; type < TYPES; type++) {
            types[type] = EventType.SOURCE_OTHER.value() != type;
        }
        return types;
    }

    private static boolean anySessionType(final boolean[] types) {
        for (int type = 0; type < TYPES; type++) {
            if (types[type] && Kind.SESSION == kindOf(type)) {
                return true;
            }
        }
        return false;
    }

    /** Whether events of this type tell how a session is: all of its session but messages and items of history. */
    static boolean isOfSessionState(final int type) {
        return type < EventType.MESSAGE_RECEIVED.value() || (type >= EventType.CHAT_INITIATED.value() &&
            type < EventType.HISTORY_SMS_RECEIVED.value());
    }

    private static Kind kindOf(final int type) {
        if (type < FIRST_USER_TYPE) {
            return Kind.SESSION;
        }
        if (type < FIRST_GROUP_TYPE) {
            return Kind.USER;
        }
        if (type < FIRST_ACTION_TYPE) {
            return Kind.GROUP;
        }
        return type < FIRST_SOURCE_TYPE ? Kind.ACTION : Kind.SOURCE;
    }
}

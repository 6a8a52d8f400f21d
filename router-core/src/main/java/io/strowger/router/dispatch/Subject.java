package io.strowger.router.dispatch;

import io.strowger.codecs.Xxh64;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One name that a filter asks for: a user, a group, a session, a call or a source. Compared in full, so that no two names that hash alike
 * are ever taken for each other.
 */
final class Subject {
    /** Field: the native id of the session. */
    static final int SESSION = 0;

    /** Field: the id of the call. */
    static final int CALL = 1;

    /** Field: the local user. */
    static final int USER = 2;

    /** Field: the group. */
    static final int GROUP = 3;

    /** Field: the name of the source. */
    static final int SOURCE = 4;

    /** How many fields there are. */
    static final int FIELDS = 5;

    private final int field;
    private final String name;
    private final UnsafeBuffer bytes;

    Subject(final int field, final String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a filter can't ask for an empty name");
        }
        this.field = field;
        this.name = name;
        this.bytes = new UnsafeBuffer(name.getBytes(StandardCharsets.UTF_8));
    }

    int field() {
        return field;
    }

    DirectBuffer bytes() {
        return bytes;
    }

    boolean matches(final EventView event) {
        final int length = bytes.capacity();
        if (event.textLength(field) != length) {
            return false;
        }
        final DirectBuffer other = event.buffer();
        final int offset = event.textOffset(field);
        for (int i = 0; i < length; i++) {
            if (other.getByte(offset + i) != bytes.getByte(i)) {
                return false;
            }
        }
        return true;
    }

    /** Key in the index: of the field, the tenant and the name. */
    long key(final int tenant) {
        return key(field, tenant, bytes, 0, bytes.capacity());
    }

    /** Key in the index of a name found in an event. */
    static long key(final int field, final int tenant, final DirectBuffer buffer, final int offset, final int length) {
        return Xxh64.hash(buffer, offset, length, ((field + 1L) << 32) | (tenant & 0xFFFFFFFFL));
    }

    @Override
    public String toString() {
        return switch (field) {
            case SESSION -> "session=";
            case CALL -> "call=";
            case USER -> "user=";
            case GROUP -> "group=";
            default -> "source=";
        } + name;
    }
}

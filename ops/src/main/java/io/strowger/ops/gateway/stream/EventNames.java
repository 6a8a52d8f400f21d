package io.strowger.ops.gateway.stream;

import io.strowger.codecs.json.EventTypeNames;
import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.Kind;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.codecs.sbe.SnapshotItemDecoder;
import io.strowger.ops.access.ReadGrant;
import org.agrona.DirectBuffer;

/**
 * Whom an event or a thing of a status is about, held against what may be read. One thread.
 */
final class EventNames {
    private static final String SOURCE = "source";

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EventDecoder event = new EventDecoder();
    private final SnapshotItemDecoder item = new SnapshotItemDecoder();

    boolean allowsEvent(final ReadGrant grant, final DirectBuffer buffer, final int offset) {
        event.wrapAndApplyHeader(buffer, offset, header);
        final boolean isSource = SOURCE.equals(EventTypeNames.kind(event.eventTypeRaw() & 0xFF));
        event.skipNativeId();
        event.skipCallId();
        final String user = event.localUser();
        event.skipRemoteParty();
        event.skipRemoteName();
        return grant.allows(user, event.group(), isSource);
    }

    boolean allowsItem(final ReadGrant grant, final DirectBuffer buffer, final int offset) {
        item.wrapAndApplyHeader(buffer, offset, header);
        final boolean isSource = Kind.SOURCE == item.kind();
        item.skipNativeId();
        item.skipCallId();
        final String user = item.localUser();
        item.skipRemoteParty();
        item.skipRemoteName();
        return grant.allows(user, item.group(), isSource);
    }
}

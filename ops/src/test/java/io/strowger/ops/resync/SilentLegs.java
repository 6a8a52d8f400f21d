package io.strowger.ops.resync;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ConnectionState;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.sbe.LegPartiesDecoder;
import io.strowger.codecs.sbe.LegSeenDecoder;
import io.strowger.codecs.sbe.LegStateDecoder;
import io.strowger.codecs.sbe.Media;
import io.strowger.router.core.SessionStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Called legs that a source has and no event has told of yet, because they do not ring: no status shows them, its lists do.
 */
final class SilentLegs {
    private static final int CALL_ID = 1;
    private static final int USER = 3;
    private static final int NUMBER = 4;
    private static final int NAME = 5;
    private static final int REMOTE_PARTY = 6;
    private static final int REMOTE_NAME = 7;
    private static final int LINKED_TO = 9;
    private static final int TEXTS = 10;
    private static final int LEG_KIND_OFFSET = SignalLayout.HEADER_LENGTH + SignalLayout.COMMON_BLOCK_LENGTH + 1;

    private final Map<String, String[]> legs = new TreeMap<>();
    private final Map<String, Long> since = new TreeMap<>();

    void learn(final UnsafeBuffer fact) {
        final int template = SignalLayout.templateId(fact, 0);
        final boolean isLook = LegStateDecoder.TEMPLATE_ID == template || LegPartiesDecoder.TEMPLATE_ID == template;
        if (LegSeenDecoder.TEMPLATE_ID == template && LegKind.PSEUDO.value() != (fact.getByte(LEG_KIND_OFFSET) & 0xFF)) {
            final String[] seen = texts(fact, TEXTS);
            legs.put(seen[0], seen);
            since.put(seen[0], SignalLayout.sourceTime(fact, 0));
        } else if (isLook) {
            final String[] looks = texts(fact, REMOTE_NAME + 1);
            final String[] leg = legs.getOrDefault(looks[0], new String[TEXTS]);
            for (int i = 0; i < looks.length; i++) {
                leg[i] = looks[i].isEmpty() ? leg[i] : looks[i];
            }
        }
    }

    /** Those of which no event of the stream has told. */
    List<SessionStatus> in(final FoldedStream stream) {
        final Map<String, SessionStatus> known = new TreeMap<>();
        stream.sessions().forEach(session -> known.put(session.nativeId(), session));
        final List<SessionStatus> silent = new ArrayList<>();
        legs.forEach((id, leg) -> {
            if (!stream.hasToldOf(id)) {
                final boolean isUser = !leg[USER].isEmpty();
                silent.add(new SessionStatus("", 0, 1, id, call(leg, known), orNull(leg[USER]), orNull(leg[isUser ? REMOTE_PARTY : NUMBER]),
                    orNull(leg[isUser ? REMOTE_NAME : NAME]), Media.CALL.value(), Direction.INCOMING.value(),
                    ConnectionState.INITIATED.value(), null, since.get(id), 0, false, false));
            }
        });
        return silent;
    }

    private static String call(final String[] leg, final Map<String, SessionStatus> known) {
        if (!leg[CALL_ID].isEmpty()) {
            return leg[CALL_ID];
        }
        return known.containsKey(leg[LINKED_TO]) ? known.get(leg[LINKED_TO]).callId() : leg[LINKED_TO];
    }

    private static String orNull(final String text) {
        return text.isEmpty() ? null : text;
    }

    private static String[] texts(final UnsafeBuffer fact, final int count) {
        final String[] texts = new String[count];
        int place = SignalLayout.varDataOffset(fact, 0);
        for (int i = 0; i < count; i++) {
            final int length = SignalLayout.textLength(fact, place);
            texts[i] = fact.getStringWithoutLengthUtf8(place + Short.BYTES, length);
            place += Short.BYTES + length;
        }
        return texts;
    }
}

package io.strowger.router.core;

import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import java.util.Locale;
import org.agrona.DirectBuffer;

/**
 * An event as a test reads it.
 */
record Told(String type, String id, String call, String user, String remote, String remoteName, String group, String by, String from,
    String to, String reference, String text, String direction, String state, String cause, String reason, int causeCode, long durationMs,
    long talkMs, long waitMs, long timeMs, boolean inferred, long epoch, String action, String status, String source, int tenant) {
    static Told of(final DirectBuffer buffer, final int offset) {
        final EventDecoder event = new EventDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
        final String type = event.eventType().name().toLowerCase(Locale.ROOT).replace("screen_sharing", "screen-sharing")
            .replaceFirst("_", ".").replace('_', '-');
        final String id = event.nativeId();
        final String call = event.callId();
        final String user = event.localUser();
        final String remote = event.remoteParty();
        final String remoteName = event.remoteName();
        final String group = event.group();
        final String source = event.sourceName();
        return new Told(type, id, call, user, remote, remoteName, group, event.by(), event.from(), event.to(), event.reference(),
            event.text(),
            name(event.direction()), name(event.state()), name(event.cause()), name(event.reason()), event.causeCode(), event.durationMs(),
            event.talkMs(), event.waitMs(), event.sourceTime() / 1_000_000, event.flags().inferred(), event.epoch(),
            name(event.action()), name(event.actionStatus()), source, event.tenant());
    }

    private static String name(final Enum<?> value) {
        return "NULL_VAL".equals(value.name()) ? "" : value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

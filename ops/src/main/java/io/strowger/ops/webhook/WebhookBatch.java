package io.strowger.ops.webhook;

import io.strowger.codecs.json.EventJson;
import io.strowger.codecs.json.EventTypeNames;
import io.strowger.codecs.sbe.EventType;
import io.strowger.persistence.tail.EventText;
import io.strowger.persistence.tail.JournalTail;
import io.strowger.persistence.tail.TailRecord;
import io.strowger.router.token.PositionTokens;
import java.util.EnumSet;
import java.util.Set;

/**
 * The next events of a webhook: a JSON array of CloudEvents. One thread at a time.
 */
final class WebhookBatch {
    private static final int MOST_EVENTS = 100;
    private static final int MOST_CHARACTERS = 256 * 1024;
    /** Records looked at in one go. */
    private static final int LOOKED_AT = 10_000;

    private final WebhookSettings settings;
    private final Set<EventType> types = EnumSet.noneOf(EventType.class);
    private final PositionTokens tokens;
    private final EventJson json = new EventJson();
    private final StringBuilder body = new StringBuilder();
    private String id;
    private int count;
    private long total;

    WebhookBatch(final WebhookSettings settings, final byte[] tokenKey) {
        this.settings = settings;
        if (settings.types().isEmpty()) {
            types.addAll(EnumSet.allOf(EventType.class));
        } else {
            settings.types().forEach(name -> types.addAll(EventTypeNames.types(name)));
        }
        this.tokens = new PositionTokens(tokenKey);
    }

    /**
     * Takes what comes next.
     *
     * @return how many records were looked at; 0 at the journal's end.
     */
    int fill(final JournalTail tail) {
        body.setLength(0);
        count = 0;
        id = null;
        int looked = 0;
        while (looked < LOOKED_AT && count < MOST_EVENTS && body.length() < MOST_CHARACTERS && tail.poll(this::take, 1) > 0) {
            looked++;
        }
        return looked;
    }

    /** How many events it holds. */
    int count() {
        return count;
    }

    /** Names the message: the same events, tried again, have the same. */
    String id() {
        return id;
    }

    /** The message. */
    String body() {
        return "[" + body + "]";
    }

    private void take(final TailRecord record) {
        if (!record.hasEvent() || record.tenant() != settings.tenant() || !isWanted(record)) {
            return;
        }
        total++;
        final String token = tokens.token(record.sequence(), settings.tenant());
        id = null == id ? "msg_" + token : id;
        body.append(0 == count ? "" : ",")
            .append(json.write(token, total, record.isDerived(), record.buffer(), record.eventOffset(), record.eventLength()));
        count++;
    }

    private boolean isWanted(final TailRecord record) {
        return types.contains(record.eventType()) && settings.read().allows(record.text(EventText.LOCAL_USER),
            record.text(EventText.GROUP), "source".equals(EventTypeNames.kind(record.eventType().value())));
    }
}

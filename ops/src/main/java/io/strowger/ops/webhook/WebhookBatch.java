package io.strowger.ops.webhook;

import io.strowger.codecs.json.EventJson;
import io.strowger.codecs.json.EventTypeNames;
import io.strowger.persistence.tail.EventText;
import io.strowger.persistence.tail.JournalTail;
import io.strowger.persistence.tail.TailRecord;
import io.strowger.router.token.PositionTokens;

/**
 * The next events of a webhook: a JSON array of CloudEvents. One thread at a time.
 */
final class WebhookBatch {
    private static final int MOST_EVENTS = 100;
    private static final int MOST_CHARACTERS = 256 * 1024;
    /** Records looked at in one go. */
    private static final int LOOKED_AT = 10_000;

    private final WebhookSettings settings;
    private final PositionTokens tokens;
    private final EventJson json = new EventJson();
    private final StringBuilder body = new StringBuilder();
    private String id;
    private int count;
    private long total;

    WebhookBatch(final WebhookSettings settings, final byte[] tokenKey) {
        this.settings = settings;
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
        final int code = record.eventType().value();
        final String type = EventTypeNames.name(code);
        final boolean isType = settings.types().isEmpty()
            || settings.types().stream().anyMatch(wanted -> wanted.equals(type) || (null != type && type.startsWith(wanted + '.')));
        return isType && settings.read().allows(record.text(EventText.LOCAL_USER), record.text(EventText.GROUP),
            "source".equals(EventTypeNames.kind(code)));
    }
}

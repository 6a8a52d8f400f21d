package io.strowger.bench.server;

import io.strowger.bench.load.Traffic;
import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.ops.node.JournalFolder;
import io.strowger.persistence.TokenKey;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.record.RecordCursor;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.token.PositionTokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * What subscribers should have folded: the same made of the journal.
 */
final class Expectation {
    private final long behind;
    private final PositionTokens tokens;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EventDecoder event = new EventDecoder();
    private final List<Fold> tenants = new ArrayList<>();
    private final List<Map<String, Fold>> users = new ArrayList<>();

    private Expectation(final Path journal, final long behind, final int usersOfTenant) {
        this.behind = behind;
        this.tokens = new PositionTokens(TokenKey.of(journal));
        for (int i = 0; i < ServerSettings.TENANTS; i++) {
            tenants.add(new Fold(false));
            final Map<String, Fold> folds = new HashMap<>();
            for (int user = 0; user < usersOfTenant; user++) {
                folds.put(Traffic.user(user), new Fold(false));
            }
            users.add(folds);
        }
    }

    /**
     * Reads a journal to its end.
     *
     * @param folder of it.
     * @param behind last sequence that no subscriber should have got.
     * @param users  of each tenant.
     */
    static Expectation of(final Path folder, final long behind, final int users) {
        final Expectation expectation = new Expectation(folder, behind, users);
        final RecordCursor records = new RecordCursor();
        try (Journal journal = JournalFolder.read(folder); JournalCursor blocks = journal.openCursor(behind + 1)) {
            int count = 1;
            while (count > 0) {
                count = blocks.poll((buffer, offset, length) -> {
                    records.wrap(buffer, offset);
                    while (records.next()) {
                        if (records.hasEvent()) {
                            expectation.add(buffer, records.record());
                        }
                    }
                    return true;
                }, Integer.MAX_VALUE);
            }
        }
        return expectation;
    }

    /** What a subscriber should have. */
    Fold of(final Subscriber one) {
        return null == one.user() ? tenants.get(one.tenant() - 1) : users.get(one.tenant() - 1).get(one.user());
    }

    /** Whether a subscriber has just that. */
    boolean isMet(final Subscriber one) {
        return null == one.fault() && one.fold().isLike(of(one));
    }

    private void add(final DirectBuffer buffer, final int record) {
        final long sequence = RecordLayout.sequence(buffer, record);
        final int offset = RecordLayout.eventOffset(buffer, record);
        event.wrapAndApplyHeader(buffer, offset, header);
        final int type = event.eventTypeRaw() & 0xFF;
        if (sequence <= behind || EventType.SOURCE_OTHER.value() == type) {
            return;
        }
        final int tenant = SignalLayout.tenant(buffer, offset);
        final String token = tokens.token(sequence, tenant);
        tenants.get(tenant - 1).add(token, 0, token.length());
        final Map<String, Fold> folds = users.get(tenant - 1);
        if (EventType.SOURCE_RESTARTED.value() == type) {
            // it ends sessions without a word more, so everybody is told
            folds.values().forEach(fold -> fold.add(token, 0, token.length()));
            return;
        }
        event.skipNativeId();
        event.skipCallId();
        final Fold fold = folds.get(event.localUser());
        if (null != fold) {
            fold.add(token, 0, token.length());
        }
    }
}

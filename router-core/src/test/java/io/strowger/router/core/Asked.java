package io.strowger.router.core;

import io.strowger.codecs.sbe.ActionKind;
import io.strowger.codecs.sbe.ActionResultDecoder;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.sbe.ClientGrantDecoder;
import io.strowger.codecs.sbe.GenerateCallDecoder;
import io.strowger.codecs.sbe.HangUpDecoder;
import io.strowger.codecs.sbe.SourceHelloDecoder;
import io.strowger.codecs.sbe.TransferCallDecoder;

/**
 * Signals about actions, for tests.
 */
final class Asked {
    static final int EVERYTHING = (1 << 14) - 1;

    private Asked() {
    }

    /** A source comes that can do these kinds of actions, its epoch known. */
    static Signal hello(final String name, final int capabilities) {
        return new Signal(SourceHelloDecoder.TEMPLATE_ID, SourceHelloDecoder.BLOCK_LENGTH, 4).putIntAt(4, capabilities).put(8, 1)
            .text(0, name);
    }

    static Signal grant(final String client, final int kinds, final String users, final String groups) {
        return new Signal(ClientGrantDecoder.TEMPLATE_ID, ClientGrantDecoder.BLOCK_LENGTH, 3).putIntAt(0, kinds).text(0, client)
            .text(1, users).text(2, groups);
    }

    static Signal revoke(final String client) {
        return grant(client, 0, null, null).put(4, 1);
    }

    /** An action on a leg, a chat or a user, its own texts empty. */
    static Signal ask(final ActionKind kind, final String client, final String key, final long deadlineNs) {
        final int texts = switch (kind) {
            case GENERATE_CALL, TRANSFER_CALL, FORWARD_CALL, TRANSFER_CHAT, SEND_FAX, SEND_SMS -> 6;
            case STOP_RECORDING -> 4;
            default -> 5;
        };
        final int block = switch (kind) {
            case HANG_UP -> HangUpDecoder.BLOCK_LENGTH;
            case TRANSFER_CALL -> TransferCallDecoder.BLOCK_LENGTH;
            default -> GenerateCallDecoder.BLOCK_LENGTH;
        };
        final ActionTexts places = ActionTexts.of(kind.value());
        return new Signal(GenerateCallDecoder.TEMPLATE_ID + kind.value(), block, texts).putLongAt(0, deadlineNs)
            .text(places.clientId(), client).text(places.key(), key);
    }

    static Signal hangUp(final String key, final String nativeId, final long deadlineNs) {
        return ask(ActionKind.HANG_UP, "crm", key, deadlineNs).text(0, nativeId);
    }

    static Signal generateCall(final String key, final String user, final long deadlineNs) {
        return ask(ActionKind.GENERATE_CALL, "crm", key, deadlineNs).text(2, user).text(3, "004930123");
    }

    static Signal result(final long action, final ActionStatus status, final String nativeId, final String text) {
        return new Signal(ActionResultDecoder.TEMPLATE_ID, ActionResultDecoder.BLOCK_LENGTH, 4).putLongAt(0, action)
            .put(8, status.value()).text(0, nativeId).text(3, text);
    }
}

package io.strowger.router.action;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.action.ActionFields;
import io.strowger.codecs.admission.AdmissionWalk;
import io.strowger.codecs.admission.TemplateSet;
import io.strowger.codecs.sbe.RejectReason;
import org.agrona.DirectBuffer;

/**
 * What may come in through the way of one client: actions with a client id and a key of 1 to 64 bytes. The key of each that is let in is
 * told to the desk first, for then nobody can have seen the action.
 *
 * <p>Thread of the handle; allocates nothing.
 */
public final class ActionAdmission {
    private static final AdmissionWalk WALK = new AdmissionWalk(TemplateSet.of(templates()));

    private final ActionLine line;
    private final SignalTexts texts = new SignalTexts();
    private long asked;

    ActionAdmission(final ActionLine line) {
        this.line = line;
    }

    /** How many asks were let in. */
    long asked() {
        return asked;
    }

    /** Why the bytes are no such signal; admitted when they are one, and then they must go in. */
    public int check(final DirectBuffer buffer, final int offset, final int length) {
        final int reason = WALK.check(buffer, offset, length);
        if (AdmissionWalk.ADMITTED != reason) {
            return reason;
        }
        final int template = SignalLayout.templateId(buffer, offset);
        final int client = ActionTemplates.clientText(template);
        texts.wrap(buffer, offset, client + 2);
        final int least = Math.min(texts.length(client), texts.length(client + 1));
        final int most = Math.max(texts.length(client), texts.length(client + 1));
        if (0 == least) {
            return RejectReason.NATIVE_ID_MISSING.value();
        }
        if (most > ActionGrant.MAX_NAME_LENGTH) {
            return RejectReason.NATIVE_ID_TOO_LONG.value();
        }
        if (!line.ask(asked + 1, buffer, texts.offset(client + 1), texts.length(client + 1))) {
            return RejectReason.CAPACITY.value();
        }
        asked++;
        return AdmissionWalk.ADMITTED;
    }

    private static int[] templates() {
        final int actions = ActionFields.LAST_TEMPLATE - ActionFields.FIRST_TEMPLATE + 1;
        final int[] templates = new int[actions];
        for (int i = 0; i < actions; i++) {
            templates[i] = ActionFields.FIRST_TEMPLATE + i;
        }
        return templates;
    }
}

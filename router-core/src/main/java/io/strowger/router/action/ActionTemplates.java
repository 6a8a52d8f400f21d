package io.strowger.router.action;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.action.ActionFields;
import io.strowger.codecs.sbe.AnswerDecoder;
import io.strowger.codecs.sbe.ClientGrantDecoder;
import io.strowger.codecs.sbe.GenerateCallDecoder;
import io.strowger.codecs.sbe.StopRecordingDecoder;

/**
 * What the fourteen actions have in common: where client and key stand in each, whatever else it says.
 */
public final class ActionTemplates {
    /** Offset of the deadline from the signal's header. */
    static final int DEADLINE_OFFSET = SignalLayout.HEADER_LENGTH + GenerateCallDecoder.deadlineEncodingOffset();

    private ActionTemplates() {
    }

    /** Whether the template is an action. */
    public static boolean isAction(final int template) {
        return template >= ActionFields.FIRST_TEMPLATE && template <= ActionFields.LAST_TEMPLATE;
    }

    /** Whether only clients of actions may bring the template: an action, or what a client may ask for. */
    public static boolean isOfClients(final int template) {
        return isAction(template) || ClientGrantDecoder.TEMPLATE_ID == template;
    }

    /** Place of the client id among the texts of an action: first, or behind the native id where the action is about a leg. */
    static int clientText(final int template) {
        return template >= AnswerDecoder.TEMPLATE_ID && template <= StopRecordingDecoder.TEMPLATE_ID ? 1 : 0;
    }
}

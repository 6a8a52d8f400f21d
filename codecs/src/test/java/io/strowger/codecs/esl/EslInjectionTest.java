package io.strowger.codecs.esl;

import io.strowger.codecs.action.ActionConnection;
import io.strowger.codecs.action.ActionLimits;
import io.strowger.codecs.action.InjectionContract;
import io.strowger.codecs.action.ResultLog;
import java.util.ArrayList;
import java.util.List;

/**
 * No text of an action becomes more than one argument, one variable or one word of an FreeSWITCH command.
 */
final class EslInjectionTest extends InjectionContract {
    @Override
    protected ActionConnection connection() {
        return new EslActions(EslCommands.settings(ActionLimits.of(3, 7).withMaxPending(1)), ResultLog.NOW_NS);
    }

    @Override
    protected List<String> words(final String command) {
        return new ArrayList<>(EslCommands.words(EslCommands.parse(command).get(1)));
    }
}

package io.strowger.codecs.esl;

import io.strowger.codecs.action.ActionConnection;
import io.strowger.codecs.action.ActionLimits;
import io.strowger.codecs.action.InjectionContract;
import io.strowger.codecs.action.ResultLog;
import java.util.ArrayList;
import java.util.List;

/**
 * No text of an action becomes more than one argument, one variable or one word of a FreeSWITCH command.
 */
final class EslInjectionTest extends InjectionContract {
    @Override
    protected List<ActionConnection> connections(final String template) {
        return List.of(new EslActions(EslCommands.settings(ActionLimits.of(3, 7).withMaxPending(1)), ResultLog.NOW_NS));
    }

    @Override
    protected List<byte[]> lines(final byte[] command) {
        return EslCommands.lines(command);
    }

    @Override
    protected List<String> words(final String command) {
        return new ArrayList<>(EslCommands.words(EslCommands.parse(command).get(1)));
    }
}

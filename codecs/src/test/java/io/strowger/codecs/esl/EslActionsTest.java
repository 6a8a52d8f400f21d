package io.strowger.codecs.esl;

import io.strowger.codecs.action.ActionConnection;
import io.strowger.codecs.action.ActionConnectionContract;
import io.strowger.codecs.action.ActionLimits;
import io.strowger.codecs.action.ResultLog;
import java.util.Set;

/**
 * The contract of actions, on the connection to a FreeSWITCH server.
 */
final class EslActionsTest extends ActionConnectionContract {
    @Override
    protected ActionConnection connection(final ActionLimits limits) {
        return new EslActions(EslCommands.settings(limits), ResultLog.NOW_NS);
    }

    @Override
    protected String idOf(final String command) {
        return EslCommands.parse(command).get(0);
    }

    @Override
    protected String reply(final String id, final boolean accepts) {
        return EslCommands.reply(accepts ? "+OK Job-UUID: " + id : "-ERR no", id);
    }

    @Override
    protected String outcome(final String id, final boolean isDone) {
        return EslCommands.job(id, isDone ? "+OK " + id + "\n" : "-ERR USER_BUSY\n");
    }

    @Override
    protected String nameless() {
        return EslCommands.reply("-ERR permission denied", "");
    }

    @Override
    protected Set<String> unsupported() {
        return Set.of("TransferChat");
    }
}

package io.strowger.codecs.esl;

import io.strowger.codecs.action.ActionConnection;
import io.strowger.codecs.action.ActionDialect;
import io.strowger.codecs.action.ActionLimits;
import io.strowger.codecs.action.ResultLog;
import java.util.Set;

/**
 * How a FreeSWITCH server talks of actions.
 */
final class EslDialect implements ActionDialect {
    @Override
    public ActionConnection connection(final ActionLimits limits) {
        return new EslActions(EslCommands.settings(limits), ResultLog.NOW_NS);
    }

    @Override
    public String idOf(final String command) {
        return EslCommands.parse(command).get(0);
    }

    @Override
    public String reply(final String id, final boolean accepts) {
        return EslCommands.reply(accepts ? "+OK Job-UUID: " + id : "-ERR no", id);
    }

    @Override
    public String outcome(final String id, final boolean isDone) {
        return EslCommands.job(id, isDone ? "+OK " + id + "\n" : "-ERR USER_BUSY\n");
    }

    @Override
    public String nameless() {
        return EslCommands.reply("-ERR permission denied", "");
    }

    @Override
    public Set<String> unsupported() {
        return Set.of("TransferChat");
    }
}

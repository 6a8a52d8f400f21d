package io.strowger.codecs.ami;

import io.strowger.codecs.action.ActionConnection;
import io.strowger.codecs.action.ActionDialect;
import io.strowger.codecs.action.ActionLimits;
import io.strowger.codecs.action.ResultLog;
import java.util.Set;

/**
 * How an Asterisk server talks of actions.
 */
final class AmiDialect implements ActionDialect {
    @Override
    public ActionConnection connection(final ActionLimits limits) {
        return new AmiActions(AmiCommands.settings(limits), ResultLog.NOW_NS);
    }

    @Override
    public String idOf(final String command) {
        return AmiCommands.parse(command).get("ActionID");
    }

    @Override
    public String reply(final String id, final boolean accepts) {
        return "Response: " + (accepts ? "Success" : "Error") + "\r\nActionID: " + id + "\r\nMessage: so it is\r\n\r\n";
    }

    @Override
    public String outcome(final String id, final boolean isDone) {
        return "Event: OriginateResponse\r\nPrivilege: call,all\r\nActionID: " + id + "\r\nResponse: " +
            (isDone ? "Success" : "Failure") + "\r\nReason: 3\r\nUniqueid: " + (isDone ? id : "<unknown>") + "\r\n\r\n";
    }

    @Override
    public String nameless() {
        return "Response: Error\r\nMessage: Permission denied\r\n\r\n";
    }

    @Override
    public Set<String> unsupported() {
        return Set.of("TransferChat", "LogIn", "LogOff");
    }
}

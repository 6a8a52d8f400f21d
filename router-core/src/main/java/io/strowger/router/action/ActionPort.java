package io.strowger.router.action;

import io.strowger.router.dispatch.CoreCommands;
import io.strowger.router.status.ReturnCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Opens handles and outlets, and brings them to the desk. Grants and revocations are folded on the core thread, in the order of the calls,
 * before these return. Any thread.
 */
public final class ActionPort {
    private final ActionDesk desk;
    private final GrantWriter grants;
    private final CoreCommands commands;
    private final EpochNanoClock clock;
    private final EpochNanoClock deadlineClock;
    private final int sources;

    /**
     * A port of a desk.
     *
     * @param grants  folds what clients may ask for.
     * @param clock   of deadlines, nanoseconds since 1970.
     * @param deadlineClock by which actions are over that wait in an outlet; one that stands still where no deadline passes.
     * @param sources greatest number of a source.
     */
    public ActionPort(final ActionDesk desk, final GrantWriter grants, final CoreCommands commands, final EpochNanoClock clock,
                      final EpochNanoClock deadlineClock, final int sources) {
        this.desk = desk;
        this.grants = grants;
        this.commands = commands;
        this.clock = clock;
        this.deadlineClock = deadlineClock;
        this.sources = sources;
    }

    /**
     * Opens a handle.
     *
     * @param newWay makes its way into the router, which lets in what the admission does.
     * @throws IllegalStateException when the router is closed, the client has 64 handles, the journal has no room now, or the router none
     *                               for the grant: in that last case the client may ask for nothing any more.
     */
    public ActionClient openClient(final ActionGrant grant, final Function<ActionAdmission, ActionWay> newWay) {
        final ActionLine line = new ActionLine(grant, grant.clientId().getBytes(StandardCharsets.UTF_8));
        final ActionClient client = new ActionClient(grant, line, desk, commands, clock);
        final ActionDraft drawn = client.drawGrant();
        final int[] refusal = new int[1];
        commands.call(() -> refusal[0] = desk.add(line, drawn, grants));
        if (0 != refusal[0]) {
            throw new IllegalStateException("the grant was refused: " + ReturnCode.toString(ReturnCode.rejected(refusal[0])));
        }
        client.open(newWay.apply(client.admission()));
        return client;
    }

    /**
     * Journals that a client may ask for nothing any more. What the router has not folded when this returns is not allowed.
     *
     * @return false when the router is closed.
     * @throws IllegalStateException when the journal has no room now, or the router closes meanwhile: nothing was taken back.
     */
    public boolean revoke(final ActionGrant grant) {
        if (commands.isClosed() || commands.hasFailed()) {
            return false;
        }
        final ActionDraft draft = new ActionDraft(grant, grant.clientId().getBytes(StandardCharsets.UTF_8));
        draft.revocation(clock.nanoTime());
        commands.call(() -> grants.write(draft.buffer(), 0, draft.length()));
        return true;
    }

    /**
     * What clients may ask for, by tenant and client id: of all grants that were not taken back, whoever gave them.
     *
     * @throws IllegalStateException when the router is closed.
     */
    public List<ActionGrant> grants() {
        final List<ActionGrant> all = new ArrayList<>();
        commands.call(() -> all.addAll(desk.grants()));
        return all;
    }

    /**
     * Opens the outlet of a source, in the place of the one it may have.
     *
     * @param source its number.
     * @throws IllegalArgumentException when no source can have the number.
     * @throws IllegalStateException    when the router is closed.
     */
    public ActionOutlet openOutlet(final int source) {
        if (source < 1 || source > sources) {
            throw new IllegalArgumentException("no source has the number " + source);
        }
        final ActionOutlet outlet = new ActionOutlet(source, commands, deadlineClock);
        outlet.onClose(() -> desk.remove(outlet));
        commands.call(() -> desk.add(outlet));
        return outlet;
    }
}

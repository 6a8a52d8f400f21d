package io.strowger.router.action;

import io.strowger.router.dispatch.CoreCommands;
import io.strowger.router.status.ReturnCode;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Opens handles and outlets, and brings them to the desk. Any thread.
 */
public final class ActionPort {
    private final ActionDesk desk;
    private final CoreCommands commands;
    private final EpochNanoClock clock;
    private final int sources;

    /**
     * A port of a desk.
     *
     * @param clock   of deadlines, nanoseconds since 1970.
     * @param sources greatest number of a source.
     */
    public ActionPort(final ActionDesk desk, final CoreCommands commands, final EpochNanoClock clock, final int sources) {
        this.desk = desk;
        this.commands = commands;
        this.clock = clock;
        this.sources = sources;
    }

    /**
     * Opens a handle.
     *
     * @param newWay makes its way into the router, which lets in what the admission does.
     * @throws IllegalStateException when the router is closed, or has no room for the handle now.
     */
    public ActionClient openClient(final ActionGrant grant, final Function<ActionAdmission, ActionWay> newWay) {
        final ActionLine line = new ActionLine(grant, grant.clientId().getBytes(StandardCharsets.UTF_8));
        final ActionClient client = new ActionClient(grant, line, desk, commands, clock);
        final ActionDraft drawn = client.drawGrant();
        final boolean[] isKnown = new boolean[1];
        commands.call(() -> isKnown[0] = desk.add(line, drawn));
        client.open(newWay.apply(client.admission()), !isKnown[0]);
        return client;
    }

    /**
     * Journals that a client may ask for nothing any more.
     *
     * @param newWay as above.
     * @return whether the router has taken it: it comes behind what its handles have asked for and the router has folded by then.
     */
    public boolean revoke(final ActionGrant grant, final Function<ActionAdmission, ActionWay> newWay) {
        final byte[] clientId = grant.clientId().getBytes(StandardCharsets.UTF_8);
        final ActionWay way = newWay.apply(new ActionAdmission(new ActionLine(grant.withWindow(1), clientId)));
        final ActionDraft draft = new ActionDraft(grant, clientId);
        draft.grant(grant, true, clock.nanoTime());
        final long code = way.offer(draft.buffer(), 0, draft.length());
        way.close();
        return ReturnCode.CLOSED != code;
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
        final ActionOutlet outlet = new ActionOutlet(source, commands);
        outlet.onClose(() -> desk.remove(outlet));
        commands.call(() -> desk.add(outlet));
        return outlet;
    }
}

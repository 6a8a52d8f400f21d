package io.strowger.router.action;

import io.strowger.codecs.ConnectionFacts;
import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SourceSequence;
import io.strowger.codecs.action.ActionLimits;
import io.strowger.codecs.ami.AmiActionSettings;
import io.strowger.codecs.ami.AmiActions;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.sbe.LegSeenEncoder;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.router.Router;
import io.strowger.router.pipeline.Channel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An Asterisk on the other side: its facts come by a channel, its actions go out of an outlet as commands, and its replies are a script.
 */
final class Pbx {
    /** What was written to it, one command each, over all connections. */
    final List<String> commands = new ArrayList<>();

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[4 * SignalLayout.MAX_SIGNAL_LENGTH]);
    private final LongSupplier clock;
    private final String name;
    private final int tenant;
    private Channel channel;
    private int source;
    private int connection;
    private int offset;
    private AmiActions actions;
    private ActionOutlet outlet;

    Pbx(final String name, final int tenant, final LongSupplier clock) {
        this.name = name;
        this.tenant = tenant;
        this.clock = clock;
    }

    /** Turns a router until it finds nothing to do. */
    static void settle(final Router router) {
        int idle = 0;
        while (idle < 3) {
            idle = router.poll() > 0 ? 0 : idle + 1;
        }
    }

    /** Connects, to this router from now on. */
    Pbx connect(final Router router) {
        channel = router.openChannel();
        source = router.sourceNumber(tenant, name);
        connection = SourceSequence.nextConnection(router.lastSourceSequence(source));
        offset = 1;
        actions = new AmiActions(new AmiActionSettings(ActionLimits.of(source, tenant)).context("internal"), clock.getAsLong());
        outlet = router.openOutlet(source);
        facts().connected(connection, clock.getAsLong(), true, channel.asSink());
        actions.connected();
        return this;
    }

    /** The connection is lost: what was pending is told as unknown by whoever is first, the router or this. */
    void disconnect() {
        facts().disconnected(connection, offset, clock.getAsLong(), channel.asSink());
        actions.disconnected(clock.getAsLong(), channel.asSink());
        outlet.close();
    }

    private ConnectionFacts facts() {
        return new ConnectionFacts(source, tenant, name, "ami").capabilities(actions.capabilities());
    }

    Pbx leg(final String nativeId, final String user) {
        final LegSeenEncoder leg = new LegSeenEncoder();
        leg.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).sourceSequence(SourceSequence.of(connection, offset++, 0))
            .sourceTime(clock.getAsLong()).source(source).tenant(tenant).legState(LegState.RING).legKind(LegKind.DEVICE)
            .direction(Direction.OUTGOING);
        leg.nativeId(nativeId).callId(nativeId).device("").user(user).number("").name("").remoteParty("").remoteName("").dialled("")
            .linkedTo("");
        channel.asSink().offer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + leg.encodedLength());
        return this;
    }

    /** Carries what has come to the server; returns how many actions that were. */
    int carry() {
        return outlet.poll(this::send, 64);
    }

    private boolean send(final long action, final DirectBuffer signal, final int at, final int length) {
        final int written = actions.send(action, signal, at, length, clock.getAsLong(), out, 0);
        if (written < 0) {
            return actions.refused(action, written, clock.getAsLong(), channel.asSink());
        }
        commands.add(out.getStringWithoutLengthAscii(0, written));
        return true;
    }

    /** The server replies to a command. */
    void reply(final int command, final boolean accepts, final String message) {
        say("Response: " + (accepts ? "Success" : "Error") + "\r\nActionID: " + id(command) + "\r\nMessage: " + message + "\r\n\r\n");
    }

    void say(final String block) {
        final byte[] bytes = block.getBytes(StandardCharsets.UTF_8);
        actions.onBytes(new UnsafeBuffer(bytes), 0, bytes.length, clock.getAsLong(), channel.asSink());
    }

    /** Id of a command, by its place. */
    String id(final int command) {
        final String text = commands.get(command);
        final int at = text.indexOf("ActionID: ") + 10;
        return text.substring(at, text.indexOf('\r', at));
    }
}

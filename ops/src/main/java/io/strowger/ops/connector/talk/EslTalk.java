package io.strowger.ops.connector.talk;

import io.strowger.codecs.esl.EslActions;
import io.strowger.codecs.sbe.ListKind;
import java.util.ArrayDeque;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * The talk with a FreeSWITCH event socket: {@code auth}, {@code event}, lists, {@code api status} as heartbeat, {@code exit}.
 *
 * <p>Nothing that is listed counts before the router knows which run of the server it is from, and that is told by events alone: an idle
 * server would not say it. So the events of api commands are asked for until the first event has come, and a command that does nothing is
 * given. Replies come in the order of the commands.
 *
 * <p>On a connection of commands nothing is sent behind the subscription, because a reply there would be taken for that of an action: the
 * server's own {@code HEARTBEAT}, every 20 seconds where nothing else is configured, shows that it lives.
 */
public final class EslTalk implements Talk {
    /** The events that the translator makes facts of, and the server's heartbeat; API is taken back once the server is known. */
    static final String EVENTS = "CHANNEL_CREATE CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA CHANNEL_ANSWER CHANNEL_BRIDGE CHANNEL_UNBRIDGE"
        + " CHANNEL_HOLD CHANNEL_UNHOLD CALL_UPDATE CHANNEL_UUID CHANNEL_HANGUP CHANNEL_HANGUP_COMPLETE CHANNEL_DESTROY RECORD_START"
        + " RECORD_STOP MESSAGE SHUTDOWN HEARTBEAT API"
        + " CUSTOM callcenter::info fifo::info valet_parking::info conference::maintenance spandsp::txfaxresult spandsp::rxfaxresult"
        + " sofia::register sofia::unregister sofia::expire";

    private static final String COMMAND_EVENTS = EslActions.SUBSCRIPTION.replace("event plain ", "event plain HEARTBEAT ");
    /** Three heartbeats of the server and some. */
    private static final long QUIET_MS = 65_000;
    private static final String OK = "+OK";

    /** What was said and not yet answered. */
    private enum Said { AUTH, EVENTS, STATUS, NIX, CALLS, CHANNELS }

    private final TalkListener listener;
    private final String secret;
    private final String subscription;
    private final boolean isForEvents;
    private final EslFrames frames = new EslFrames(this::onFrame);
    private final ArrayDeque<Said> said = new ArrayDeque<>();
    private boolean isGreeted;
    private boolean isSubscribed;
    private boolean isKnown;
    private boolean isListing;
    private String complaint;

    private EslTalk(final TalkListener listener, final String secret, final String subscription, final boolean isForEvents) {
        this.listener = listener;
        this.secret = secret;
        this.subscription = subscription;
        this.isForEvents = isForEvents;
    }

    /**
     * For a connection of events.
     *
     * @param asJson whether the events come as JSON.
     */
    public static EslTalk ofEvents(final TalkListener listener, final String secret, final boolean asJson) {
        return new EslTalk(listener, secret, "event " + (asJson ? "json " : "plain ") + EVENTS + "\n\n", true);
    }

    /** For a connection of commands. */
    public static EslTalk ofCommands(final TalkListener listener, final String secret) {
        return new EslTalk(listener, secret, COMMAND_EVENTS, false);
    }

    @Override
    public void opened() {
        // the server speaks first
    }

    @Override
    public void onBytes(final DirectBuffer bytes, final int length) {
        frames.onBytes(bytes, length);
    }

    @Override
    public boolean ping() {
        if (isForEvents && isSubscribed) {
            say(Said.STATUS, "api status\n\n");
        }
        return isForEvents;
    }

    @Override
    public long longestQuietMs() {
        return isForEvents ? Long.MAX_VALUE : QUIET_MS;
    }

    @Override
    public boolean list() {
        if (!isForEvents || !isKnown || isListing) {
            return false;
        }
        beginLists();
        return true;
    }

    @Override
    public String awaited() {
        return isKnown || !isForEvents ? null : "no event yet that names the server's run";
    }

    @Override
    public String farewell() {
        return isSubscribed ? "exit\n\n" : "";
    }

    private void say(final Said what, final String text) {
        said.add(what);
        listener.send(text);
    }

    private void onFrame(final Map<String, String> headers, final String body) {
        final String type = headers.getOrDefault("content-type", "");
        if ("text/rude-rejection".equals(type)) {
            listener.refused(AmiTalk.shown(body));
        } else if (!isGreeted) {
            greet(type, headers);
        } else if (type.startsWith("text/event-")) {
            onEvent();
        } else if ("command/reply".equals(type) || "api/response".equals(type)) {
            final Said answered = said.poll();
            if (null != answered) {
                onReply(answered, "command/reply".equals(type) ? headers.getOrDefault("reply-text", "") : body);
            }
        }
    }

    private void greet(final String type, final Map<String, String> headers) {
        if (!"auth/request".equals(type)) {
            final String first = headers.isEmpty() ? "" : headers.keySet().iterator().next();
            listener.broken("no FreeSWITCH event socket: it says " + AmiTalk.shown(type.isEmpty() ? first : type));
            return;
        }
        isGreeted = true;
        say(Said.AUTH, "auth " + secret + "\n\n");
    }

    private void onReply(final Said answered, final String text) {
        switch (answered) {
            case AUTH -> onAuthorised(text);
            case EVENTS -> onSubscribed(text);
            case CALLS -> onCalls(text);
            case CHANNELS -> onChannels(text);
            default -> { }
        }
    }

    private void onAuthorised(final String text) {
        if (!text.startsWith(OK)) {
            listener.refused(AmiTalk.shown(text));
            return;
        }
        if (isForEvents) {
            listener.ready();
        }
        say(Said.EVENTS, subscription);
    }

    private void onSubscribed(final String text) {
        if (!text.startsWith(OK)) {
            listener.broken("the subscription was refused: " + AmiTalk.shown(text));
            return;
        }
        isSubscribed = true;
        if (isForEvents) {
            say(Said.STATUS, "api status\n\n");
        } else {
            listener.ready();
        }
    }

    private void onEvent() {
        if (isForEvents && !isKnown) {
            isKnown = true;
            say(Said.NIX, "nixevent API\n\n");
            beginLists();
        }
    }

    private void beginLists() {
        isListing = true;
        complaint = null;
        listener.listing();
        listener.asks(ListKind.STATES);
        say(Said.CALLS, "api show calls as json\n\n");
    }

    private void onCalls(final String text) {
        complainOf("show calls", text);
        listener.asks(ListKind.LEGS);
        say(Said.CHANNELS, "api show channels as json\n\n");
    }

    private void onChannels(final String text) {
        complainOf("show channels", text);
        listener.asks(ListKind.STATES);
        isListing = false;
        listener.listed(complaint);
    }

    private void complainOf(final String command, final String text) {
        if (text.strip().startsWith("-")) {
            complaint = (null == complaint ? "" : complaint + "; ") + command + ": " + AmiTalk.shown(text);
        }
    }
}

package io.strowger.ops.connector.talk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * The talk with an Asterisk manager: banner, login by an MD5 challenge (the secret itself is never sent), lists behind {@code FullyBooted},
 * {@code Ping}, {@code Logoff}.
 *
 * <pre>
 *   BANNER ──► CHALLENGED ──► ANSWERED ──► IN ── FullyBooted ──► lists ──► all completed or refused
 * </pre>
 *
 * <p>The lists are asked for at once and in their order, the one of all channels last; the server works them off one by one.
 */
public final class AmiTalk implements Talk {
    /** Events that a connection of commands needs: all that decide are of this class. */
    public static final String COMMAND_EVENTS = "call";

    private static final List<String> LISTS = List.of(
        "QueueStatus", "ParkedCalls", "BridgeList", "PJSIPShowContacts", "Status", "CoreShowChannels");
    private static final String BANNER = "Asterisk Call Manager";
    private static final int LONGEST_BANNER = 256;
    private static final int SHOWN = 40;

    /** Where the talk stands. */
    private enum Step { BANNER, CHALLENGED, ANSWERED, IN }

    private final TalkListener listener;
    private final String user;
    private final String secret;
    private final String events;
    private final boolean lists;
    private final AmiBlocks blocks = new AmiBlocks(this::onBlock);
    private final StringBuilder banner = new StringBuilder();
    /** Lists that have not ended, by their ids. */
    private final Map<String, String> open = new HashMap<>();
    private Step step = Step.BANNER;
    private boolean isBooted;
    private String complaint;
    private int lastId;

    private AmiTalk(final TalkListener listener, final String user, final String secret, final String events, final boolean lists) {
        this.listener = listener;
        this.user = user;
        this.secret = secret;
        this.events = events;
        this.lists = lists;
    }

    /** For a connection of events. */
    public static AmiTalk ofEvents(final TalkListener listener, final String user, final String secret) {
        return new AmiTalk(listener, user, secret, "on", true);
    }

    /** For a connection of commands. */
    public static AmiTalk ofCommands(final TalkListener listener, final String user, final String secret) {
        return new AmiTalk(listener, user, secret, COMMAND_EVENTS, false);
    }

    @Override
    public void opened() {
        // the server speaks first
    }

    @Override
    public void onBytes(final DirectBuffer bytes, final int length) {
        final int from = Step.BANNER == step ? readBanner(bytes, length) : 0;
        if (Step.BANNER != step) {
            blocks.onBytes(bytes, from, length);
        }
    }

    @Override
    public boolean ping() {
        if (Step.IN == step) {
            listener.send("Action: Ping\r\nActionID: " + nextId() + "\r\n\r\n");
        }
        return true;
    }

    @Override
    public long longestQuietMs() {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean list() {
        if (!isBooted || !lists || !open.isEmpty()) {
            return false;
        }
        beginLists();
        return true;
    }

    private void beginLists() {
        complaint = null;
        final StringBuilder asked = new StringBuilder();
        for (final String list : LISTS) {
            final String id = nextId();
            open.put(id, list);
            asked.append("Action: ").append(list).append("\r\nActionID: ").append(id).append("\r\n\r\n");
        }
        listener.listing();
        listener.send(asked.toString());
    }

    @Override
    public String awaited() {
        return isBooted || !lists ? null : "no FullyBooted yet: the server still boots, or the manager user lacks read class system";
    }

    @Override
    public String farewell() {
        return Step.IN == step ? "Action: Logoff\r\nActionID: " + nextId() + "\r\n\r\n" : "";
    }

    /** Returns how many bytes belong to the banner. */
    private int readBanner(final DirectBuffer bytes, final int length) {
        for (int i = 0; i < length; i++) {
            final char value = (char)(bytes.getByte(i) & 0xFF);
            if ('\n' == value) {
                greet(banner.toString().strip());
                return i + 1;
            }
            banner.append(value);
            final int seen = Math.min(banner.length(), BANNER.length());
            if (banner.length() > LONGEST_BANNER || !BANNER.startsWith(banner.substring(0, seen))) {
                final String rest = bytes.getStringWithoutLengthAscii(i + 1, Math.min(length - i - 1, SHOWN));
                listener.broken("no Asterisk manager: it says " + shown(banner + rest));
                return length;
            }
        }
        return length;
    }

    private void greet(final String text) {
        if (!text.startsWith(BANNER)) {
            listener.broken("no Asterisk manager: it says " + shown(text));
            return;
        }
        step = Step.CHALLENGED;
        listener.send("Action: Challenge\r\nActionID: " + nextId() + "\r\nAuthType: MD5\r\n\r\n");
    }

    private void onBlock(final Map<String, String> block) {
        final boolean isReply = block.containsKey("response") && !block.containsKey("event");
        if (Step.IN != step) {
            if (isReply) {
                onLoginReply(block);
            }
        } else if (isReply) {
            if (!"success".equalsIgnoreCase(block.get("response"))) {
                onListRefused(block);
            }
        } else if ("fullybooted".equalsIgnoreCase(block.get("event"))) {
            isBooted = true;
            if (lists && open.isEmpty()) {
                beginLists();
            }
        } else {
            endList(block);
        }
    }

    private void onLoginReply(final Map<String, String> reply) {
        final boolean isSuccess = "success".equalsIgnoreCase(reply.get("response"));
        if (!isSuccess) {
            listener.refused(shown(reply.getOrDefault("message", "no reason")));
        } else if (Step.CHALLENGED == step) {
            step = Step.ANSWERED;
            listener.send("Action: Login\r\nActionID: " + nextId() + "\r\nAuthType: MD5\r\nUsername: " + user + "\r\nKey: "
                + key(reply.getOrDefault("challenge", "")) + "\r\nEvents: " + events + "\r\n\r\n");
        } else {
            step = Step.IN;
            listener.ready();
        }
    }

    /** Of a list that this server does not know there is nothing to list. */
    private void onListRefused(final Map<String, String> reply) {
        final String list = open.get(reply.getOrDefault("actionid", ""));
        final String message = reply.getOrDefault("message", "");
        if (null != list && !message.toLowerCase(Locale.ROOT).startsWith("invalid/unknown command")) {
            complaint = (null == complaint ? "" : complaint + "; ") + list + ": " + shown(message);
        }
        endList(reply);
    }

    private void endList(final Map<String, String> block) {
        if (null != open.remove(block.getOrDefault("actionid", "")) && open.isEmpty()) {
            listener.listed(complaint);
        }
    }

    private String nextId() {
        lastId++;
        return "strowger-" + lastId;
    }

    private String key(final String challenge) {
        try {
            final MessageDigest digest = MessageDigest.getInstance("MD5");
            return HexFormat.of().formatHex(digest.digest((challenge + secret).getBytes(StandardCharsets.UTF_8)));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    /** The beginning of what the other side says, fit for a log line. */
    static String shown(final String text) {
        final String clean = text.strip().replaceAll("[^\\x20-\\x7E]+", " ");
        return clean.length() > SHOWN ? clean.substring(0, SHOWN) + "..." : clean.isEmpty() ? "nothing" : clean;
    }
}

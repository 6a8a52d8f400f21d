package io.strowger.codecs.action;

import io.strowger.codecs.SignalLayout;
import java.util.Arrays;

/**
 * One action that has been written and waits for its outcome: what its result must say, and how far it is.
 *
 * <pre>
 *   WAITING ──accepted──► SENT
 *      └──────outcome──────┴──────► gone
 * </pre>
 *
 * <p>One thread; used again for another action when its own is over.
 */
public final class PendingAction {
    /** Longest client id or key in bytes. */
    static final int MAX_IDENTITY = 256;

    /** How far an action is. */
    enum Stage { FREE, WAITING, SENT }

    private final byte[] nativeId = new byte[SignalLayout.MAX_NATIVE_ID_LENGTH];
    private final byte[] clientId = new byte[MAX_IDENTITY];
    private final byte[] key = new byte[MAX_IDENTITY];
    private final byte[] target = new byte[CommandText.MAX_WORD];
    private int nativeIdLength;
    private int clientIdLength;
    private int keyLength;
    private int targetLength;
    private long number;
    private long action;
    private long limitNs;
    private boolean deadline;
    private boolean replyDue;
    private boolean failedAtLimit;
    private Decider decider = Decider.REPLY;
    private Stage stage = Stage.FREE;
    private PendingAction older;
    private PendingAction newer;

    /** What decides about the action. */
    public Decider decider() {
        return decider;
    }

    /** Whether the call router has not said a word about it. */
    public boolean isWaiting() {
        return Stage.WAITING == stage;
    }

    /**
     * Whether it transfers its leg to this number.
     *
     * @param from where the number begins.
     * @param to   where it ends.
     */
    public boolean isTo(final byte[] bytes, final int from, final int to) {
        return Arrays.equals(target, 0, targetLength, bytes, from, to);
    }

    /** Whether the reply to its command has not come. */
    boolean isReplyDue() {
        return replyDue;
    }

    /** The reply to its command has come. */
    void replied() {
        replyDue = false;
    }

    /** Whether it has failed when its time is over, instead of timed out: its command has done nothing. */
    boolean isFailedAtLimit() {
        return failedAtLimit;
    }

    /** It fails at the time, in nanoseconds since 1970, or at its own limit, unless an event decides before. */
    void failsAt(final long atNs) {
        failedAtLimit = true;
        limitNs = Math.min(limitNs, atNs);
    }

    /** Whether an event of its leg decides. */
    boolean isDecidedByLeg() {
        return Decider.REPLY != decider && Decider.CALL != decider;
    }

    /** Whether somebody wants its leg to be answered, and this is the leg. */
    boolean isAnswerOf(final byte[] bytes, final int offset, final int length) {
        return (Decider.ANSWER == decider || Decider.SERVER_ANSWER == decider) && isOfLeg(bytes, offset, length);
    }

    /** Whether it is about this leg. */
    boolean isOfLeg(final byte[] bytes, final int offset, final int length) {
        return Arrays.equals(nativeId, 0, nativeIdLength, bytes, offset, offset + length);
    }

    void begin(final long newNumber, final long actionSequence, final ActionFields fields, final Decider by) {
        number = newNumber;
        action = actionSequence;
        decider = by;
        stage = Stage.WAITING;
        replyDue = true;
        failedAtLimit = false;
        nativeIdLength = copy(fields, ActionText.NATIVE_ID, nativeId);
        clientIdLength = copy(fields, ActionText.CLIENT_ID, clientId);
        keyLength = copy(fields, ActionText.KEY, key);
        targetLength = Decider.ATTENDED_TRANSFER == by ? copy(fields, ActionText.NUMBER, target) : 0;
    }

    void limit(final long atNs, final boolean isDeadline) {
        limitNs = atNs;
        deadline = isDeadline;
    }

    /** The leg is another one than the action says: the one it makes. */
    void leg(final byte[] bytes, final int offset, final int length) {
        nativeIdLength = length;
        System.arraycopy(bytes, offset, nativeId, 0, nativeIdLength);
    }

    void stage(final Stage next) {
        stage = next;
    }

    long number() {
        return number;
    }

    long action() {
        return action;
    }

    long limitNs() {
        return limitNs;
    }

    boolean hasDeadline() {
        return deadline;
    }

    byte[] nativeId() {
        return nativeId;
    }

    int nativeIdLength() {
        return nativeIdLength;
    }

    byte[] clientId() {
        return clientId;
    }

    int clientIdLength() {
        return clientIdLength;
    }

    byte[] key() {
        return key;
    }

    int keyLength() {
        return keyLength;
    }

    PendingAction older() {
        return older;
    }

    void older(final PendingAction neighbour) {
        older = neighbour;
    }

    PendingAction newer() {
        return newer;
    }

    void newer(final PendingAction neighbour) {
        newer = neighbour;
    }

    private static int copy(final ActionFields fields, final ActionText text, final byte[] to) {
        final int length = fields.length(text);
        System.arraycopy(fields.bytes(), fields.offset(text), to, 0, length);
        return length;
    }
}

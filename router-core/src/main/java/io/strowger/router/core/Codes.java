package io.strowger.router.core;

import io.strowger.codecs.sbe.Cause;
import io.strowger.codecs.sbe.ConnectionState;
import io.strowger.codecs.sbe.DialStatus;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.Media;
import io.strowger.codecs.sbe.Reason;

/**
 * The schema's codes as plain numbers: the core compares and writes bytes, it never needs the enums' objects.
 */
final class Codes {
    /** An enum or flag that is not stated. */
    static final int NULL = 255;
    /** A span or number that is not stated. */
    static final long NULL_LONG = Long.MIN_VALUE;
    /** A cause number that is not stated. */
    static final int NULL_CAUSE_CODE = Short.MIN_VALUE;

    static final int CALL_INITIATED = EventType.CALL_INITIATED.value();
    static final int CALL_DELIVERED = EventType.CALL_DELIVERED.value();
    static final int CALL_ESTABLISHED = EventType.CALL_ESTABLISHED.value();
    static final int CALL_UPDATED = EventType.CALL_UPDATED.value();
    static final int CALL_HELD = EventType.CALL_HELD.value();
    static final int CALL_RETRIEVED = EventType.CALL_RETRIEVED.value();
    static final int CALL_DIVERTED = EventType.CALL_DIVERTED.value();
    static final int CALL_TRANSFERRED = EventType.CALL_TRANSFERRED.value();
    static final int CALL_CONFERENCED = EventType.CALL_CONFERENCED.value();
    static final int CALL_FAILED = EventType.CALL_FAILED.value();
    static final int CALL_CLEARED = EventType.CALL_CLEARED.value();
    static final int CALL_QUEUED = EventType.CALL_QUEUED.value();
    static final int CALL_DEQUEUED = EventType.CALL_DEQUEUED.value();
    static final int CALL_PARKED = EventType.CALL_PARKED.value();
    static final int CALL_UNPARKED = EventType.CALL_UNPARKED.value();
    static final int MESSAGE_RECEIVED = EventType.MESSAGE_RECEIVED.value();
    static final int MESSAGE_SENT = EventType.MESSAGE_SENT.value();
    static final int SMS_RECEIVED = EventType.SMS_RECEIVED.value();
    static final int SMS_SENT = EventType.SMS_SENT.value();
    static final int CHAT_INITIATED = EventType.CHAT_INITIATED.value();
    static final int CHAT_QUEUED = EventType.CHAT_QUEUED.value();
    static final int CHAT_DEQUEUED = EventType.CHAT_DEQUEUED.value();
    static final int CHAT_ESTABLISHED = EventType.CHAT_ESTABLISHED.value();
    static final int CHAT_TRANSFERRED = EventType.CHAT_TRANSFERRED.value();
    static final int CHAT_CLEARED = EventType.CHAT_CLEARED.value();
    static final int FAX_STARTED = EventType.FAX_STARTED.value();
    static final int FAX_COMPLETED = EventType.FAX_COMPLETED.value();
    static final int FAX_FAILED = EventType.FAX_FAILED.value();
    static final int SCREEN_SHARING_STARTED = EventType.SCREEN_SHARING_STARTED.value();
    static final int SCREEN_SHARING_ENDED = EventType.SCREEN_SHARING_ENDED.value();
    static final int HISTORY_FIRST = EventType.HISTORY_SMS_RECEIVED.value();
    static final int HISTORY_FAX_TRANSMITTED = EventType.HISTORY_FAX_TRANSMITTED.value();
    static final int HISTORY_CALL_RECORDED = EventType.HISTORY_CALL_RECORDED.value();
    static final int USER_LOGGED_IN = EventType.USER_LOGGED_IN.value();
    static final int USER_LOGGED_OUT = EventType.USER_LOGGED_OUT.value();
    static final int GROUP_LOGGED_IN = EventType.GROUP_LOGGED_IN.value();
    static final int GROUP_LOGGED_OUT = EventType.GROUP_LOGGED_OUT.value();
    static final int GROUP_READY = EventType.GROUP_READY.value();
    static final int GROUP_NOT_READY = EventType.GROUP_NOT_READY.value();
    static final int ACTION_RESULT = EventType.ACTION_RESULT.value();
    static final int SOURCE_UP = EventType.SOURCE_UP.value();
    static final int SOURCE_DOWN = EventType.SOURCE_DOWN.value();
    static final int SOURCE_RESTARTED = EventType.SOURCE_RESTARTED.value();
    static final int SOURCE_GAP = EventType.SOURCE_GAP.value();
    static final int SOURCE_RESYNCHRONISED = EventType.SOURCE_RESYNCHRONISED.value();
    static final int SOURCE_OTHER = EventType.SOURCE_OTHER.value();

    static final int CALL = Media.CALL.value();
    static final int CHAT = Media.CHAT.value();
    static final int FAX = Media.FAX.value();
    static final int SCREEN_SHARING = Media.SCREEN_SHARING.value();
    static final int SMS = Media.SMS.value();

    static final int INCOMING = Direction.INCOMING.value();
    static final int OUTGOING = Direction.OUTGOING.value();

    static final int NULL_STATE = ConnectionState.NULL_STATE.value();
    static final int INITIATED = ConnectionState.INITIATED.value();
    static final int ALERTING = ConnectionState.ALERTING.value();
    static final int CONNECTED = ConnectionState.CONNECTED.value();
    static final int HELD = ConnectionState.HELD.value();
    static final int QUEUED = ConnectionState.QUEUED.value();
    static final int PARKED = ConnectionState.PARKED.value();
    static final int FAILED = ConnectionState.FAILED.value();

    static final int CAUSE_NORMAL = Cause.NORMAL.value();
    static final int CAUSE_BUSY = Cause.BUSY.value();
    static final int CAUSE_NO_ANSWER = Cause.NO_ANSWER.value();
    static final int CAUSE_CANCELLED = Cause.CANCELLED.value();
    static final int CAUSE_CONGESTION = Cause.CONGESTION.value();
    static final int CAUSE_UNAVAILABLE = Cause.UNAVAILABLE.value();
    static final int CAUSE_REDIRECTED = Cause.REDIRECTED.value();
    static final int CAUSE_OTHER = Cause.OTHER.value();
    static final int CAUSE_UNKNOWN = Cause.UNKNOWN.value();
    /** From here on: what the router concludes itself. */
    static final int CAUSE_SOURCE_RESTARTED = Cause.SOURCE_RESTARTED.value();
    static final int CAUSE_NOT_IN_SNAPSHOT = Cause.NOT_IN_SNAPSHOT.value();
    static final int CAUSE_EXPIRED = Cause.EXPIRED.value();
    static final int CAUSE_COVERED = Cause.COVERED.value();

    static final int ANSWERED = Reason.ANSWERED.value();
    static final int ABANDONED = Reason.ABANDONED.value();
    static final int TIMED_OUT = Reason.TIMED_OUT.value();
    static final int LEFT = Reason.LEFT.value();
    static final int RETRIEVED = Reason.RETRIEVED.value();
    static final int GIVEN_UP = Reason.GIVEN_UP.value();

    static final int LEG_RINGING = LegState.RINGING.value();
    static final int LEG_UP = LegState.UP.value();

    static final int DIAL_ANSWER = DialStatus.ANSWER.value();
    static final int DIAL_BUSY = DialStatus.BUSY.value();
    static final int DIAL_NO_ANSWER = DialStatus.NO_ANSWER.value();
    static final int DIAL_CANCEL = DialStatus.CANCEL.value();
    static final int DIAL_CONGESTION = DialStatus.CONGESTION.value();
    static final int DIAL_UNAVAILABLE = DialStatus.UNAVAILABLE.value();
    static final int DIAL_RINGING = DialStatus.RINGING.value();

    private Codes() {
    }
}

package io.strowger.codecs.esl;

import io.strowger.codecs.translate.NameTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Every event name that is known: those that give facts, and the noise, which carries nothing that the router tells anybody. A name on
 * neither list gives an {@code Other} fact.
 *
 * <p>Noise by choice: CHANNEL_OUTGOING (its call id is the leg's own, CHANNEL_CREATE has the right one), CHANNEL_STATE and
 * CHANNEL_CALLSTATE (each change has an event of its own, and they go on after the end), CHANNEL_PARK (a leg waits for commands: that is no
 * parking place), sofia::transferor, transferee and replaced (only some servers send them; the leg of who transfers says the same at its
 * end on all of them), PRESENCE_IN (says again what the legs say), RECV_MESSAGE and SEND_MESSAGE (the same message as MESSAGE).
 */
final class EslEventNames {
    private static final String NOISE = """
        CLONE CHANNEL_STATE CHANNEL_CALLSTATE CHANNEL_OUTGOING CHANNEL_ORIGINATE CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE
        CHANNEL_PARK CHANNEL_UNPARK CHANNEL_APPLICATION CHANNEL_GLOBAL
        API LOG INBOUND_CHAN OUTBOUND_CHAN STARTUP PUBLISH UNPUBLISH TALK NOTALK SESSION_CRASH MODULE_LOAD MODULE_UNLOAD DTMF
        PRESENCE_IN PRESENCE_OUT PRESENCE_PROBE NOTIFY_IN NOTIFY MESSAGE_WAITING MESSAGE_QUERY ROSTER CODEC BACKGROUND_JOB
        DETECTED_SPEECH DETECTED_TONE PRIVATE_COMMAND HEARTBEAT TRAP ADD_SCHEDULE DEL_SCHEDULE EXE_SCHEDULE RE_SCHEDULE
        RELOADXML SEND_MESSAGE RECV_MESSAGE REQUEST_PARAMS GENERAL COMMAND SESSION_HEARTBEAT
        CLIENT_DISCONNECTED SERVER_DISCONNECTED SEND_INFO RECV_INFO RECV_RTCP_MESSAGE SEND_RTCP_MESSAGE CALL_SECURE NAT
        RECORD_PAUSE RECORD_RESUME PLAYBACK_START PLAYBACK_STOP CALL_DETAIL DEVICE_STATE TEXT CALL_SETUP_REQ CALL_SETUP_RESULT
        SOCKET_DATA MEDIA_BUG_START MEDIA_BUG_STOP CONFERENCE_DATA_QUERY CONFERENCE_DATA PHONE_FEATURE PHONE_FEATURE_SUBSCRIBE
        SHUTDOWN_REQUESTED FAILURE
        sofia::pre_register sofia::register_attempt sofia::register_failure sofia::gateway_state sofia::gateway_add
        sofia::gateway_delete sofia::gateway_invalid_digest_req sofia::profile_start sofia::sip_user_state sofia::notify_refer
        sofia::notify_watched_header sofia::reinvite sofia::transferor sofia::transferee sofia::replaced sofia::intercepted
        sofia::recovery_send sofia::recovery_recv sofia::recovery_recovered sofia::wrong_call_state sofia::error sofia::bye_response
        spandsp::rxfaxnegociateresult spandsp::txfaxnegociateresult spandsp::rxfaxpageresult spandsp::txfaxpageresult
        conference::cdr SMS::SEND_MESSAGE SMS::DELIVERY_REPORT menu::enter menu::exit vm::maintenance limit::usage
        """;

    private static final List<String> NAMES = new ArrayList<>();
    private static final List<EslEvent> EVENTS = new ArrayList<>();

    static {
        for (final EslEvent event : EslEvent.values()) {
            for (final String name : event.names().split(" ", -1)) {
                NAMES.add(name);
                EVENTS.add(event);
            }
        }
        NAMES.addAll(List.of(NOISE.strip().split("\\s+", -1)));
    }

    private static final EslEvent[] BY_NUMBER = EVENTS.toArray(new EslEvent[0]);
    private static final NameTable TABLE = new NameTable(NAMES);

    private EslEventNames() {
    }

    /**
     * The number of the name at the offset, with {@link NameTable#PADDING} bytes behind it, or {@link NameTable#NONE} when it is not known.
     */
    static int find(final byte[] bytes, final int offset, final int length) {
        return TABLE.find(bytes, offset, length);
    }

    /** The event that the name stands for, or null for noise. */
    static EslEvent event(final int number) {
        return number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }

    /** All names in the order of their numbers. */
    static List<String> names() {
        return NAMES;
    }
}

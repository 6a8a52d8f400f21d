package io.strowger.codecs.actionurl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How one maker's phones tell what happens: the names of parameters and the words of events, as data. The words are those of the maker's
 * settings page, so that a URL is written as {@code http://router/phone?event=incoming-call&call_id=$call_id&remote=$remote}; case and
 * separators do not matter. Where no parameter names the event, the last part of the path does: {@code /phone/incoming-call?...}.
 *
 * <p>Immutable; any thread.
 */
public final class ActionUrlTemplate {
    private static final String CALLS = """
        INCOMING incoming incoming-call
        OUTGOING outgoing outgoing-call
        ESTABLISHED established call-established established-call
        HELD hold held on-hold call-hold
        RESUMED unhold resume resumed call-unhold
        TERMINATED terminated call-terminated terminated-call
        MISSED missed missed-call
        REJECTED rejected reject reject-incoming-call
        FORWARDED forward-incoming-call forwarded
        TRANSFERRED transfer-finished blind-transfer attended-transfer
        TRANSFER_FAILED transfer-failed
        ON_HOOK on-hook
        REGISTERED registered log-on logged-on
        UNREGISTERED unregistered register-failed log-off logged-off
        NOISE setup-completed off-hook mute unmute idle-to-busy busy-to-idle ip-changed ip-change
        """;
    /** Held and unheld are what the other side does. */
    private static final String YEALINK = """
        ESTABLISHED answer-new-in-call answer-new-incoming-call
        CANCELLED cancel-call-out
        BUSY remote-busy
        MISSED call-remote-canceled
        NOISE blind-transfer-call attended-transfer-call held unheld
        """;
    /** It has no word for a transfer that is over: what says that one is made is all there is. */
    private static final String GRANDSTREAM = """
        ESTABLISHED establish-call
        HELD hold-call
        RESUMED resume-call unhold-call
        TERMINATED terminate-call
        TRANSFERRED blind-transferring attended-transferring
        REGISTERED registration
        UNREGISTERED sign-off
        NOISE booting-completed mute-call unmute-call
        """;
    private static final String SNOM = """
        ESTABLISHED connected
        TERMINATED disconnected
        NOISE setup-finished long-press
        """;
    private static final String GIGASET = """
        ESTABLISHED connection-established
        TERMINATED connection-terminated
        REGISTERED registration-succeeded
        UNREGISTERED registration-failed
        """;
    private static final String GENERIC = """
        INCOMING ringing
        HELD held
        RESUMED unheld
        ESTABLISHED answered connected dialog:start
        TERMINATED hangup disconnected ended dialog:end dialog:failed
        CANCELLED cancelled canceled
        BUSY busy
        TRANSFERRED transferred
        """;
    private static final String POLYCOM = """
        INCOMING IncomingCallEvent
        OUTGOING OutgoingCallEvent
        ON_HOOK OnHookEvent
        STATE CallStateChangeEvent
        REGISTERED LineRegistrationEvent
        UNREGISTERED LineUnregistrationEvent
        NOISE OffHookEvent PhoneLockedEvent PhoneUnlockedEvent
        """;
    private static final String POLYCOM_STATES = """
        INCOMING Offering
        OUTGOING Setup Ringback
        CONNECTED Connected
        HELD Hold
        TERMINATED Disconnected Free
        NOISE Dialtone Held Ncas
        """;
    private static final String PARAMETERS = """
        EVENT event action
        CALL_ID call-id
        REMOTE remote
        REMOTE_NAME display-remote remote-name
        LOCAL local
        LOCAL_NAME display-local local-name
        CALLING caller calling-number
        CALLING_NAME caller-name calling-name
        CALLED callee called-number
        CALLED_NAME callee-name called-name
        TARGET to target transfer-to forward-to
        """;
    /** Where the event itself has no numbers, they stand with the call, and have another name there. */
    private static final String POLYCOM_ELEMENTS = """
        CALL_ID CallReference
        STATE CallState
        CALLING CallingPartyNumber CallingPartyDirNum
        CALLING_NAME CallingPartyName
        CALLED CalledPartyNumber CalledPartyDirNum
        CALLED_NAME CalledPartyName
        """;

    /** Yealink and phones that follow it: GET, variables {@code $call_id $remote $local $display_remote}. */
    public static final ActionUrlTemplate YEALINK_PHONE = of("yealink", PARAMETERS, CALLS + YEALINK);

    /** Snom: GET, variables {@code $call-id $remote $local $display_remote}. */
    public static final ActionUrlTemplate SNOM_PHONE = of("snom", PARAMETERS, CALLS + SNOM);

    /** Grandstream: GET, variables {@code $remote $local $display_remote}; none for the call's id. */
    public static final ActionUrlTemplate GRANDSTREAM_PHONE = of("grandstream", PARAMETERS, CALLS + GRANDSTREAM);

    /** Polycom: POST of XML to {@code apps.telNotification.URL}. */
    public static final ActionUrlTemplate POLYCOM_PHONE = new ActionUrlTemplate(
        "polycom", true, fields(POLYCOM_ELEMENTS), events(POLYCOM), events(POLYCOM_STATES));

    /** Anything else that can be told how to write its URLs: the words of all makers and some more. */
    public static final ActionUrlTemplate GENERIC_PHONE = of(
        "generic", PARAMETERS, CALLS + YEALINK + GRANDSTREAM + SNOM + GIGASET + GENERIC);

    private static final List<ActionUrlTemplate> ALL =
        List.of(YEALINK_PHONE, SNOM_PHONE, GRANDSTREAM_PHONE, POLYCOM_PHONE, GENERIC_PHONE);

    private final String name;
    private final boolean isXml;
    private final WordTable<RequestField> fields;
    private final WordTable<PhoneEvent> events;
    private final WordTable<PhoneEvent> states;

    private ActionUrlTemplate(
        final String name, final boolean isXml, final Map<String, RequestField> fields, final Map<String, PhoneEvent> events,
        final Map<String, PhoneEvent> states) {
        this.name = name;
        this.isXml = isXml;
        this.fields = new WordTable<>(fields);
        this.events = new WordTable<>(events);
        this.states = new WordTable<>(states);
    }

    /**
     * A template of one's own, for requests with a query or a form.
     *
     * @param name   of it.
     * @param fields what each name of a parameter stands for.
     * @param events what each word of an event stands for.
     */
    public static ActionUrlTemplate of(
        final String name, final Map<String, RequestField> fields, final Map<String, PhoneEvent> events) {
        return new ActionUrlTemplate(name, false, fields, events, Map.of());
    }

    /**
     * The template of a maker.
     *
     * @param name yealink, snom, grandstream, polycom or generic.
     * @return null when there is none of that name.
     */
    public static ActionUrlTemplate named(final String name) {
        for (final ActionUrlTemplate template : ALL) {
            if (template.name.equals(name)) {
                return template;
            }
        }
        return null;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Whether requests hold XML; else they have a query or a form. */
    boolean isXml() {
        return isXml;
    }

    /** What a name stands for, or null. */
    RequestField field(final byte[] bytes, final int offset, final int length) {
        return fields.find(bytes, offset, length);
    }

    /** What a word stands for, or null. */
    PhoneEvent event(final byte[] bytes, final int offset, final int length) {
        return events.find(bytes, offset, length);
    }

    /** What a state stands for, or null. */
    PhoneEvent state(final byte[] bytes, final int offset, final int length) {
        return states.find(bytes, offset, length);
    }

    private static ActionUrlTemplate of(final String name, final String fields, final String events) {
        return of(name, fields(fields), events(events));
    }

    private static Map<String, RequestField> fields(final String table) {
        final Map<String, RequestField> fields = new LinkedHashMap<>();
        rows(table).forEach((word, meaning) -> fields.put(word, RequestField.valueOf(meaning)));
        return fields;
    }

    private static Map<String, PhoneEvent> events(final String table) {
        final Map<String, PhoneEvent> events = new LinkedHashMap<>();
        rows(table).forEach((word, meaning) -> events.put(word, PhoneEvent.valueOf(meaning)));
        return events;
    }

    /** Each row is a meaning and the words for it. */
    private static Map<String, String> rows(final String table) {
        final Map<String, String> rows = new LinkedHashMap<>();
        for (final String row : table.strip().split("\n", -1)) {
            final String[] words = row.strip().split(" ", -1);
            for (int i = 1; i < words.length; i++) {
                rows.put(words[i].toLowerCase(Locale.ROOT), words[0]);
            }
        }
        return rows;
    }
}

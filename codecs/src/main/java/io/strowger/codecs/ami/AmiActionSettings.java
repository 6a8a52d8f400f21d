package io.strowger.codecs.ami;

import io.strowger.codecs.action.ActionLimits;
import io.strowger.codecs.action.FieldTemplate;
import io.strowger.codecs.action.TextRule;

/**
 * How actions become commands for one Asterisk server: a fluent object, each value checked when it is set.
 *
 * <p>Not to be changed any more once a connection has been made with it.
 */
public final class AmiActionSettings {
    /** How users log in and off a group. */
    public enum Membership {
        /** The members come and go: QueueAdd, QueueRemove. */
        DYNAMIC,
        /** The members are written in the configuration of the server: QueuePause. */
        STATIC
    }

    private static final int LONGEST = 120;
    private static final TextRule WORD = TextRule.of("._-", "_", LONGEST);
    private static final TextRule FOLDER = TextRule.of("._-", "/_", LONGEST);
    private static final TextRule NUMBER = TextRule.of("+*#._-", "+*#_", LONGEST);

    private final ActionLimits limits;
    private String context = "default";
    private FieldTemplate device = FieldTemplate.of("PJSIP/{user}", "user");
    private FieldTemplate trunk;
    private FieldTemplate messageTo = FieldTemplate.of("pjsip:{number}", "number");
    private FieldTemplate messageFrom = FieldTemplate.of("sip:{user}", "user");
    private int ringTimeoutMs = 30_000;
    private String recordingFolder = "/var/spool/asterisk/monitor";
    private String recordingFormat = "wav";
    private String faxFolder = "/var/spool/asterisk/fax";
    private Membership membership = Membership.DYNAMIC;
    private String forwardFamily = "CF";
    private String parkNumber = "";
    private String parkingLot = "default";
    private boolean answersByNotify = true;

    /**
     * Settings with the default of everything.
     *
     * @param limits whose actions they are for.
     */
    public AmiActionSettings(final ActionLimits limits) {
        this.limits = limits;
    }

    /** Whose actions these are for. */
    public ActionLimits limits() {
        return limits;
    }

    /** Dialplan context that numbers are called in; {@code default}. */
    public String context() {
        return context;
    }

    /** Sets {@link #context()}. */
    public AmiActionSettings context(final String name) {
        context = WORD.checked("context", name);
        return this;
    }

    /** Device of a user, for calls and groups; {@code PJSIP/{user}}. */
    public FieldTemplate device() {
        return device;
    }

    /** Sets {@link #device()}. */
    public AmiActionSettings device(final String template) {
        device = FieldTemplate.of(template, "user");
        return this;
    }

    /** Device that reaches a far number, for faxes, {@code PJSIP/{number}@trunk} or the like; null, as at first: no faxes. */
    public FieldTemplate trunk() {
        return trunk;
    }

    /** Sets {@link #trunk()}. */
    public AmiActionSettings trunk(final String template) {
        trunk = FieldTemplate.of(template, "number");
        return this;
    }

    /** Where a message goes, technology and address; {@code pjsip:{number}}. */
    public FieldTemplate messageTo() {
        return messageTo;
    }

    /** Sets {@link #messageTo()}. */
    public AmiActionSettings messageTo(final String template) {
        messageTo = FieldTemplate.of(template, "number");
        return this;
    }

    /** Who a message is from; {@code sip:{user}}. */
    public FieldTemplate messageFrom() {
        return messageFrom;
    }

    /** Sets {@link #messageFrom()}. */
    public AmiActionSettings messageFrom(final String template) {
        messageFrom = FieldTemplate.of(template, "user");
        return this;
    }

    /** How long a phone or a fax machine rings, in milliseconds; 30,000. */
    public int ringTimeoutMs() {
        return ringTimeoutMs;
    }

    /** Sets {@link #ringTimeoutMs()}, from 1,000. */
    public AmiActionSettings ringTimeoutMs(final int milliseconds) {
        if (milliseconds < 1_000) {
            throw new IllegalArgumentException("ringTimeoutMs is " + milliseconds + ", must be from 1000");
        }
        ringTimeoutMs = milliseconds;
        return this;
    }

    /** Folder of the server that recordings go to; {@code /var/spool/asterisk/monitor}. */
    public String recordingFolder() {
        return recordingFolder;
    }

    /** Sets {@link #recordingFolder()}. */
    public AmiActionSettings recordingFolder(final String folder) {
        recordingFolder = FOLDER.checked("recordingFolder", folder);
        return this;
    }

    /** Ending of a recording's file, which says its format; {@code wav}. */
    public String recordingFormat() {
        return recordingFormat;
    }

    /** Sets {@link #recordingFormat()}. */
    public AmiActionSettings recordingFormat(final String ending) {
        recordingFormat = WORD.checked("recordingFormat", ending);
        return this;
    }

    /** Folder of the server that documents to be faxed lie in; {@code /var/spool/asterisk/fax}. */
    public String faxFolder() {
        return faxFolder;
    }

    /** Sets {@link #faxFolder()}. */
    public AmiActionSettings faxFolder(final String folder) {
        faxFolder = FOLDER.checked("faxFolder", folder);
        return this;
    }

    /** How users log in and off a group; {@link Membership#DYNAMIC}. */
    public Membership membership() {
        return membership;
    }

    /** Sets {@link #membership()}. */
    public AmiActionSettings membership(final Membership kind) {
        membership = kind;
        return this;
    }

    /** Family of the server's database where the dialplan looks for the number that a user's calls go to; {@code CF}. */
    public String forwardFamily() {
        return forwardFamily;
    }

    /** Sets {@link #forwardFamily()}. */
    public AmiActionSettings forwardFamily(final String family) {
        forwardFamily = WORD.checked("forwardFamily", family);
        return this;
    }

    /** Number that parks: a leg that is sent there is parked with Park; empty, as at first: none. */
    public String parkNumber() {
        return parkNumber;
    }

    /** Sets {@link #parkNumber()}. */
    public AmiActionSettings parkNumber(final String number) {
        parkNumber = number.isEmpty() ? number : NUMBER.checked("parkNumber", number);
        return this;
    }

    /** Parking lot of Park; {@code default}. */
    public String parkingLot() {
        return parkingLot;
    }

    /** Sets {@link #parkingLot()}. */
    public AmiActionSettings parkingLot(final String name) {
        parkingLot = WORD.checked("parkingLot", name);
        return this;
    }

    /**
     * Whether a ringing leg is answered by telling its phone (PJSIPNotify with {@code Event: talk}: needs res_pjsip_notify and a phone that
     * obeys); true. Without it Asterisk has nothing that answers.
     */
    public boolean answersByNotify() {
        return answersByNotify;
    }

    /** Sets {@link #answersByNotify()}. */
    public AmiActionSettings answersByNotify(final boolean does) {
        answersByNotify = does;
        return this;
    }
}

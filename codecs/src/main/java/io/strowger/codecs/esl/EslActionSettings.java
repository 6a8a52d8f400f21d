package io.strowger.codecs.esl;

import io.strowger.codecs.action.ActionLimits;
import io.strowger.codecs.action.FieldTemplate;
import io.strowger.codecs.action.TextRule;

/**
 * How actions become commands for one FreeSWITCH server: a fluent object, each value checked when it is set.
 *
 * <p>Not to be changed any more once a connection has been made with it.
 */
public final class EslActionSettings {
    private static final int LONGEST = 120;
    private static final TextRule WORD = TextRule.of("._-", "_", LONGEST);
    /** Behind it there is room for the longest default that it stands in. */
    private static final TextRule DOMAIN = TextRule.of("._-", "_", 100);
    private static final int LAST_ASCII = 0x7E;
    private static final TextRule FOLDER = TextRule.of("._-", "/_", LONGEST);

    private final ActionLimits limits;
    private String dialplan = "XML";
    private String context = "default";
    private FieldTemplate device;
    private FieldTemplate trunk;
    private FieldTemplate attendedTarget;
    private FieldTemplate agent;
    private FieldTemplate queue;
    private FieldTemplate messageTo;
    private FieldTemplate messageFrom;
    private String messageProtocol = "sip";
    private String recordingFolder = "/var/lib/freeswitch/recordings";
    private String recordingFormat = "wav";
    private String faxFolder = "/var/lib/freeswitch/storage/fax";
    private String forwardRealm = "call_forward";
    private int ringTimeoutSeconds = 30;

    /**
     * Settings with the default of everything else.
     *
     * @param limits whose actions they are for.
     * @param domain of the users: a host name or an IPv4 address, at most 100 signs of ASCII.
     * @throws IllegalArgumentException when it is not so: an IPv6 address can't stand in a dial string.
     */
    public EslActionSettings(final ActionLimits limits, final String domain) {
        this.limits = limits;
        DOMAIN.checked("domain", domain);
        if (domain.chars().anyMatch(sign -> sign > LAST_ASCII)) {
            throw new IllegalArgumentException("domain can't be \"" + domain + "\": in it stand signs of ASCII alone");
        }
        device = FieldTemplate.of("user/{user}@" + domain, "user");
        attendedTarget = FieldTemplate.of("user/{number}@" + domain, "number");
        agent = FieldTemplate.of("{user}@" + domain, "user");
        queue = FieldTemplate.of("{group}@default", "group");
        messageTo = FieldTemplate.of("internal/{number}@" + domain, "number");
        messageFrom = FieldTemplate.of("{user}@" + domain, "user");
    }

    /** Whose actions these are for. */
    public ActionLimits limits() {
        return limits;
    }

    /** Dialplan that numbers are looked up in; {@code XML}. */
    public String dialplan() {
        return dialplan;
    }

    /** Sets {@link #dialplan()}. */
    public EslActionSettings dialplan(final String value) {
        dialplan = WORD.checked("dialplan", value);
        return this;
    }

    /** Context of the dialplan; {@code default}. */
    public String context() {
        return context;
    }

    /** Sets {@link #context()}. */
    public EslActionSettings context(final String value) {
        context = WORD.checked("context", value);
        return this;
    }

    /** Dial string of a user's device; {@code user/{user}@domain}. */
    public FieldTemplate device() {
        return device;
    }

    /** Sets {@link #device()}. */
    public EslActionSettings device(final String template) {
        device = FieldTemplate.of(template, "user");
        return this;
    }

    /**
     * Dial string that reaches a far number, for faxes, {@code sofia/gateway/carrier/{number}} or the like; null, as at first: no
     * faxes.
     */
    public FieldTemplate trunk() {
        return trunk;
    }

    /** Sets {@link #trunk()}. */
    public EslActionSettings trunk(final String template) {
        trunk = FieldTemplate.of(template, "number");
        return this;
    }

    /** Dial string of whom an attended transfer asks first; {@code user/{number}@domain}. */
    public FieldTemplate attendedTarget() {
        return attendedTarget;
    }

    /** Sets {@link #attendedTarget()}. */
    public EslActionSettings attendedTarget(final String template) {
        attendedTarget = FieldTemplate.of(template, "number");
        return this;
    }

    /** Name of a user as an agent of mod_callcenter; {@code {user}@domain}. */
    public FieldTemplate agent() {
        return agent;
    }

    /** Sets {@link #agent()}. */
    public EslActionSettings agent(final String template) {
        agent = FieldTemplate.of(template, "user");
        return this;
    }

    /** Name of a group as a queue of mod_callcenter, where the group has no {@code @} itself; {@code {group}@default}. */
    public FieldTemplate queue() {
        return queue;
    }

    /** Sets {@link #queue()}. */
    public EslActionSettings queue(final String template) {
        queue = FieldTemplate.of(template, "group");
        return this;
    }

    /** Where a message goes, profile and address; {@code internal/{number}@domain}. */
    public FieldTemplate messageTo() {
        return messageTo;
    }

    /** Sets {@link #messageTo()}; no sign in it is a {@code |}, which parts the words of the command. */
    public EslActionSettings messageTo(final String template) {
        messageTo = ofMessage(template, "number");
        return this;
    }

    /** Who a message is from; {@code {user}@domain}. */
    public FieldTemplate messageFrom() {
        return messageFrom;
    }

    /** Sets {@link #messageFrom()}; no sign in it is a {@code |}, which parts the words of the command. */
    public EslActionSettings messageFrom(final String template) {
        messageFrom = ofMessage(template, "user");
        return this;
    }

    private static FieldTemplate ofMessage(final String template, final String place) {
        if (template.indexOf('|') >= 0) {
            throw new IllegalArgumentException("a template of messages has no |: " + template);
        }
        return FieldTemplate.of(template, place);
    }

    /** Chat interface that messages go through; {@code sip}. */
    public String messageProtocol() {
        return messageProtocol;
    }

    /** Sets {@link #messageProtocol()}. */
    public EslActionSettings messageProtocol(final String value) {
        messageProtocol = WORD.checked("messageProtocol", value);
        return this;
    }

    /** Folder of the server that recordings go to; {@code /var/lib/freeswitch/recordings}. */
    public String recordingFolder() {
        return recordingFolder;
    }

    /** Sets {@link #recordingFolder()}. */
    public EslActionSettings recordingFolder(final String folder) {
        recordingFolder = FOLDER.checked("recordingFolder", folder);
        return this;
    }

    /** Ending of a recording's file, which says its format; {@code wav}. */
    public String recordingFormat() {
        return recordingFormat;
    }

    /** Sets {@link #recordingFormat()}. */
    public EslActionSettings recordingFormat(final String value) {
        recordingFormat = WORD.checked("recordingFormat", value);
        return this;
    }

    /** Folder of the server that documents to be faxed lie in; {@code /var/lib/freeswitch/storage/fax}. */
    public String faxFolder() {
        return faxFolder;
    }

    /** Sets {@link #faxFolder()}. */
    public EslActionSettings faxFolder(final String folder) {
        faxFolder = FOLDER.checked("faxFolder", folder);
        return this;
    }

    /** Realm of mod_db where the dialplan looks for the number that a user's calls go to; {@code call_forward}. */
    public String forwardRealm() {
        return forwardRealm;
    }

    /** Sets {@link #forwardRealm()}. */
    public EslActionSettings forwardRealm(final String value) {
        forwardRealm = WORD.checked("forwardRealm", value);
        return this;
    }

    /** How long a phone or a fax machine rings, in seconds; 30. */
    public int ringTimeoutSeconds() {
        return ringTimeoutSeconds;
    }

    /** Sets {@link #ringTimeoutSeconds()}, from 1. */
    public EslActionSettings ringTimeoutSeconds(final int seconds) {
        if (seconds < 1) {
            throw new IllegalArgumentException("ringTimeoutSeconds is " + seconds + ", must be from 1");
        }
        ringTimeoutSeconds = seconds;
        return this;
    }
}

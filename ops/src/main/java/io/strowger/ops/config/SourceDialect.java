package io.strowger.ops.config;

/** What a call router speaks that the server connects to. */
public enum SourceDialect {
    /** The manager interface of Asterisk. */
    AMI,
    /** The event socket of FreeSWITCH, inbound mode. */
    ESL,
    /** The evapi of Kamailio. */
    KAMAILIO
}

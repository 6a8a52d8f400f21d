package io.strowger.ops.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a source speaks. */
public enum SourceDialect {
    /** Asterisk's manager interface: the server connects. */
    AMI,
    /** FreeSWITCH's event socket: the server connects. */
    ESL,
    /** Kamailio: the server connects to its evapi, or takes its HTTP posts. */
    KAMAILIO,
    /** Signals: the source comes. */
    SBE,
    /** Action URLs of phones: they come. */
    @JsonProperty("action-url")
    ACTION_URL,
    /** The bundled PBX, that plays its captures. */
    DEMO
}

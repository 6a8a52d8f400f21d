package io.strowger.ops.connector;

/** What a call router speaks. */
public enum ConnectorDialect {
    /** Asterisk's manager interface. */
    AMI("ami"),
    /** FreeSWITCH's event socket, inbound. */
    ESL("esl"),
    /** Kamailio's evapi, netstrings. It has neither login nor commands. */
    KAMAILIO("kamailio");

    private final String word;

    ConnectorDialect(final String word) {
        this.word = word;
    }

    /** As the source's hello says it. */
    public String word() {
        return word;
    }
}

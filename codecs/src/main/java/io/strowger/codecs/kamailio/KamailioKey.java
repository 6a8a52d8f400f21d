package io.strowger.codecs.kamailio;

/**
 * The names of the fields that are read, by number.
 */
final class KamailioKey {
    static final int EVENT = 0;
    static final int TS = 1;
    static final int CALL_ID = 2;
    static final int FROM = 3;
    static final int FROM_NAME = 4;
    static final int TO = 5;
    static final int RURI = 6;
    static final int FROM_TAG = 7;
    static final int TO_TAG = 8;
    static final int STATUS = 9;
    static final int END_METHOD = 10;
    static final int EXPIRES = 11;
    static final int CONTACT = 12;
    static final int BODY = 13;

    private KamailioKey() {
    }

    /** Fields of these names. */
    static JsonFields fields() {
        return new JsonFields(
            "event", "ts", "callid", "from", "fromname", "to", "ruri", "ftag", "ttag", "status", "endmethod", "expires", "contact", "body");
    }
}

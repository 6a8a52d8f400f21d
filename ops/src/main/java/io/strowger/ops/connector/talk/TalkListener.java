package io.strowger.ops.connector.talk;

import io.strowger.codecs.sbe.ListKind;

/** Hears what comes out of a talk, and carries what it says. On the thread of the connection. */
public interface TalkListener {
    /**
     * Says something to the call router.
     *
     * @param text of US-ASCII or UTF-8, complete with its line ends.
     */
    void send(String text);

    /** The login is done: all bytes of the connection, also those before, mean something from now on. */
    void ready();

    /**
     * The call router does not want us: another try soon would be of no use.
     *
     * @param reason in its words.
     */
    void refused(String reason);

    /**
     * The other side speaks something else, or has refused what is needed.
     *
     * @param reason in words for people.
     */
    void broken(String reason);

    /** A list of this kind will be asked for next. */
    void asks(ListKind kind);

    /** Lists have been asked for. */
    void listing();

    /**
     * All lists have come.
     *
     * @param complaint what was refused of them, null when nothing was.
     */
    void listed(String complaint);
}

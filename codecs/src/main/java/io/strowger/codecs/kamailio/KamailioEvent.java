package io.strowger.codecs.kamailio;

import io.strowger.codecs.translate.AsciiText;
import java.util.List;
import java.util.stream.Stream;

/**
 * The events that are known, by the words of the {@code event} field.
 */
enum KamailioEvent {
    /** A request for a new dialog; whether it reaches anybody is not known yet. */
    INVITE("invite"),
    /** The callee's device rings (180) or sends early media (183). */
    RINGING("ringing"),
    /** The dialog is confirmed. */
    START("dialog:start"),
    /** The dialog has ended. */
    END("dialog:end"),
    /** The dialog has never been confirmed and is over. */
    FAILED("dialog:failed"),
    /** The proxy itself has answered 404: there is no dialog, and no {@code dialog:failed}. */
    NOT_FOUND("notfound"),
    /** The sender sends no media any more. */
    HOLD("hold"),
    /** The sender sends media again. */
    UNHOLD("unhold"),
    /** A device has registered or, with {@code expires} 0, gone. */
    REGISTER("register"),
    /** A message has passed. */
    MESSAGE("message"),
    /** One of the places that a call was forked to is out: the dialog's own events say how it ends. */
    BRANCH_FAILED("branchfail");

    private static final KamailioEvent[] ALL = values();
    private static final byte[][] WORDS = Stream.of(ALL).map(event -> AsciiText.bytes(event.word)).toArray(byte[][]::new);

    private final String word;

    KamailioEvent(final String word) {
        this.word = word;
    }

    /** The number of a word, or -1. */
    static int find(final byte[] text, final int offset, final int length) {
        for (int i = 0; i < WORDS.length; i++) {
            if (AsciiText.equalsIgnoringCase(text, offset, length, WORDS[i])) {
                return i;
            }
        }
        return -1;
    }

    /** The event with the number. */
    static KamailioEvent event(final int number) {
        return ALL[number];
    }

    /** The words in order. */
    static List<String> words() {
        return Stream.of(ALL).map(event -> event.word).toList();
    }

    /** Whether it carries nothing that the router tells anybody. */
    boolean isNoise() {
        return this == BRANCH_FAILED;
    }
}

package io.strowger.ops.access;

import io.strowger.codecs.sbe.AuditKind;

/**
 * A caller that was let in: on a connection, for as long as the gate says so. Any thread.
 */
public final class Admitted {
    private final AccessGate gate;
    private final String hash;
    private final Credential credential;
    private final String address;
    private final Load load;

    Admitted(final AccessGate gate, final String hash, final Credential credential, final String address, final Load load) {
        this.gate = gate;
        this.hash = hash;
        this.credential = credential;
        this.address = address;
        this.load = load;
    }

    /** What its token stands for. */
    public Credential credential() {
        return credential;
    }

    /**
     * Has it kept what the caller does.
     *
     * @param text for people; never a secret.
     */
    public void note(final AuditKind kind, final String text) {
        gate.note(kind, credential, address, text);
    }

    /** Whether the token still stands for the same: it has not expired, and was not taken back or changed. */
    public boolean isStill() {
        return gate.isStill(hash, credential);
    }

    /** Takes a request of its rate; false when it has none left now. */
    public boolean takeRequest() {
        return gate.isWithin(load.requests().take(gate.nowMs()), credential);
    }

    /** Takes a request of its rate for what waits until there is one: nobody is refused, and nothing is counted. */
    public boolean takeRequestLater() {
        return load.requests().take(gate.nowMs());
    }

    /** Takes an action of its rate; false when it has none left now. */
    public boolean takeAction() {
        return gate.isWithin(load.actions().take(gate.nowMs()), credential);
    }

    /** Takes one of its streams, to be given back; false when it has none left. */
    public boolean takeStream() {
        return gate.isWithin(load.takeStream(credential.limits().streams()), credential);
    }

    /** Gives a stream back. */
    public void giveStreamBack() {
        load.giveStreamBack();
    }
}

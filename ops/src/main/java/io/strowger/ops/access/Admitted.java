package io.strowger.ops.access;

import io.strowger.codecs.sbe.AuditKind;
import java.util.Objects;

/**
 * A caller that was let in: on a connection, for as long as the gate says so. Any thread.
 *
 * <p>Rights and limits are those that his application has at the time: what began under others asks by {@link #standing(Credential)}
 * whether it may go on.
 */
public final class Admitted {
    private final AccessGate gate;
    private final String hash;
    /** As it was when he came. */
    private final Credential first;
    private final String address;
    private final Load load;

    Admitted(final AccessGate gate, final String hash, final Credential credential, final String address, final Load load) {
        this.gate = gate;
        this.hash = hash;
        this.first = credential;
        this.address = address;
        this.load = load;
    }

    /** What its token stands for now; what it stood for at first once it stands for no more, or for another application. */
    public Credential credential() {
        final Credential now = current();
        return null == now ? first : now;
    }

    /** Null once its token stands for no more, or for another application: limits of then would be mixed with those of now. */
    private Credential current() {
        final Credential now = gate.find(hash);
        return null != now && now.name().equals(first.name()) ? now : null;
    }

    /**
     * Has it kept what the caller does.
     *
     * @param text for people; never a secret.
     */
    public void note(final AuditKind kind, final String text) {
        gate.note(kind, credential(), address, text);
    }

    /** Whether the token still stands for the same application, whatever its rights: it has not expired, and was not taken back. */
    public boolean isStill() {
        return Standing.GOOD == standing();
    }

    /** How the caller stands: another application is a change, other rights are none. */
    public Standing standing() {
        final Credential now = gate.find(hash);
        return null == now ? Standing.VOID : now.name().equals(first.name()) ? Standing.GOOD : Standing.CHANGED;
    }

    /**
     * How something stands that shows events: another application is a change, and other users or groups that may be read are.
     *
     * @param before what the token stood for when it began.
     */
    public Standing standing(final Credential before) {
        final Credential now = gate.find(hash);
        return null == now ? Standing.VOID
            : now.name().equals(before.name()) && Objects.equals(now.read(), before.read()) ? Standing.GOOD : Standing.CHANGED;
    }

    /** Takes a request of its rate; false when it has none left now, or its token stands for the application no more. */
    public boolean takeRequest() {
        final Credential now = current();
        return null != now && gate.isWithin(load.takeRequest(now.limits(), gate.nowMs()), now);
    }

    /** Takes a request of its rate for what waits until there is one: nobody is refused, and nothing is counted. */
    public boolean takeRequestLater() {
        final Credential now = current();
        return null != now && load.takeRequest(now.limits(), gate.nowMs());
    }

    /** Takes an action of its rate; false when it has none left now, or its token stands for the application no more. */
    public boolean takeAction() {
        final Credential now = current();
        return null != now && gate.isWithin(load.takeAction(now.limits(), gate.nowMs()), now);
    }

    /** Takes one of its streams, to be given back; false when it has none left, or its token stands for the application no more. */
    public boolean takeStream() {
        final Credential now = current();
        return null != now && gate.isWithin(load.takeStream(now.limits()), now);
    }

    /** Gives a stream back. */
    public void giveStreamBack() {
        load.giveStreamBack();
    }
}

package io.strowger.router.replay;

import io.strowger.codecs.SignalSink;
import io.strowger.router.core.ActionView;
import io.strowger.router.core.Core;
import io.strowger.router.core.CoreSettings;
import io.strowger.router.core.GrantVisitor;
import io.strowger.router.core.StateVisitor;
import io.strowger.router.core.TickLimits;
import io.strowger.router.journal.FoldLimits;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;
import org.agrona.DirectBuffer;

/**
 * The core as a fold.
 */
public final class CoreFold implements Fold {
    private final Core core;

    /**
     * An empty core.
     *
     * @param settings capacities, and the seed of the keyed hashes.
     * @param out      where its records go.
     */
    public CoreFold(final CoreSettings settings, final BlockWriter out) {
        this.core = new Core(settings, out);
    }

    /**
     * An empty core within the limits of a journal.
     *
     * @param hashSeed of the journal.
     * @param out      where its records go.
     */
    public static CoreFold of(final FoldLimits limits, final long hashSeed, final BlockWriter out) {
        return new CoreFold(new CoreSettings(limits.sessions(), limits.users(), limits.groups(), limits.sources(), limits.actions(),
            limits.actionsPerTenant(), CoreSettings.ACTIONS_PER_SOURCE, hashSeed), out);
    }

    @Override
    public int apply(final DirectBuffer signal, final int offset, final int length, final long journalTimeNs) {
        return core.apply(signal, offset, length, journalTimeNs);
    }

    @Override
    public void expect(final DirectBuffer signal, final int offset, final int length) {
        core.expect(signal, offset, length);
    }

    @Override
    public void warm() {
        core.warm();
    }

    @Override
    public boolean owes() {
        return core.owes();
    }

    @Override
    public void payOwed(final long journalTimeNs) {
        core.payOwed(journalTimeNs);
    }

    @Override
    public boolean isTickDue(final TickLimits limits, final long journalTimeNs) {
        return core.isTickDue(limits, journalTimeNs);
    }

    @Override
    public void tick(final TickLimits limits, final long journalTimeNs) {
        core.tick(limits, journalTimeNs);
    }

    @Override
    public boolean disconnectSource(final long journalTimeNs) {
        return core.disconnectSource(journalTimeNs);
    }

    @Override
    public void close() {
        core.close();
    }

    @Override
    public long digest() {
        return core.digest();
    }

    /** Walks the whole state, see {@link Core#visit}. */
    public void visit(final StateVisitor visitor) {
        core.visit(visitor);
    }

    /** See {@link Core#indexUsers}. */
    public void indexUsers() {
        core.indexUsers();
    }

    /** See {@link Core#items}. */
    public boolean items(final int tenant, final long position, final SignalSink sink) {
        return core.items(tenant, position, sink);
    }

    /** See {@link Core#userItems}. */
    public boolean userItems(final int tenant, final DirectBuffer user, final long position, final SignalSink sink) {
        return core.userItems(tenant, user, position, sink);
    }

    @Override
    public void write(final StateOutput output) {
        core.write(output);
    }

    @Override
    public void read(final StateInput input) {
        core.read(input);
    }

    @Override
    public long lastSourceSequence(final int source) {
        return core.lastSourceSequence(source);
    }

    @Override
    public long lastRejectedSequence(final int source) {
        return core.lastRejectedSequence(source);
    }

    @Override
    public int sourceNumber(final int tenant, final String name) {
        return core.sourceNumber(tenant, name);
    }

    @Override
    public boolean action(final int tenant, final DirectBuffer client, final int clientOffset, final int clientLength,
                          final DirectBuffer key, final int keyOffset, final int keyLength, final ActionView into) {
        return core.action(tenant, client, clientOffset, clientLength, key, keyOffset, keyLength, into);
    }

    @Override
    public int ownerOf(final long action) {
        return core.ownerOf(action);
    }

    @Override
    public long goneCount() {
        return core.goneCount();
    }

    @Override
    public long goneUpTo(final int source) {
        return core.goneUpTo(source);
    }

    @Override
    public long forgottenEarly() {
        return core.forgottenEarly();
    }

    @Override
    public long deadlinesPassedNs() {
        return core.deadlinesPassedNs();
    }

    @Override
    public void grants(final GrantVisitor visitor) {
        core.grants(visitor);
    }

    @Override
    public boolean isGranted(final DirectBuffer grant, final int offset, final int length) {
        return core.isGranted(grant, offset, length);
    }

    @Override
    public boolean failAction(final long action, final DirectBuffer text, final int textOffset, final int textLength,
                              final long journalTimeNs) {
        return core.failAction(action, text, textOffset, textLength, journalTimeNs);
    }
}

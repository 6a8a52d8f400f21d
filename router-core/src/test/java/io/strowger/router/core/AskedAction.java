package io.strowger.router.core;

/**
 * What the model of a property test knows of an action.
 */
final class AskedAction {
    final String client;
    final String key;
    final int tenant;
    final int source;
    final long sequence;
    final long deadlineMs;
    final long generation;
    int ends;
    long endedMs;
    boolean isSent;
    boolean isForgotten;
    boolean isBrief;
    int endOrder;

    AskedAction(final String client, final String key, final int tenant, final int source, final long sequence, final long deadlineMs,
                final long generation) {
        this.client = client;
        this.key = key;
        this.tenant = tenant;
        this.source = source;
        this.sequence = sequence;
        this.deadlineMs = deadlineMs;
        this.generation = generation;
    }

    void end(final long timeMs, final int order) {
        endOrder = order;
        ends++;
        endedMs = timeMs;
    }

    boolean isEnded() {
        return ends > 0;
    }

    @Override
    public String toString() {
        return client + '/' + key + " of tenant " + tenant + " at source " + source + ", record " + sequence + ", due " + deadlineMs
            + ", ends " + ends;
    }
}

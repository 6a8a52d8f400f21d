package io.strowger.bench.subscribe;

/**
 * What one round took, from the first signal offered until every subscription had every event of it.
 *
 * @param isOverTcp  whether each delivery went out through a connection.
 * @param signals    offered.
 * @param records    that came into the journal.
 * @param deliveries to all subscriptions together.
 * @param tcpBytes   that went through the connections.
 * @param lagged     how often a subscription fell behind.
 * @param wallNs     time.
 * @param cpuNs      processor time of the whole process.
 */
record DeliveriesRound(boolean isOverTcp, long signals, long records, long deliveries, long tcpBytes, long lagged, long wallNs,
                       long cpuNs) {
    private static final double NS_PER_SECOND = 1e9;
    private static final double MB = 1e6;

    double deliveriesPerSecond() {
        return perSecond(deliveries);
    }

    double recordsPerSecond() {
        return perSecond(records);
    }

    double signalsPerSecond() {
        return perSecond(signals);
    }

    double tcpMegabytesPerSecond() {
        return perSecond(tcpBytes) / MB;
    }

    double cpuPerDeliveryNs() {
        return (double)cpuNs / deliveries;
    }

    private double perSecond(final long count) {
        return count * NS_PER_SECOND / wallNs;
    }
}

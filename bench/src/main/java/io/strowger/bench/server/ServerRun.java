package io.strowger.bench.server;

import com.sun.management.OperatingSystemMXBean;
import io.strowger.bench.server.ServerOutcome.Collected;
import io.strowger.bench.server.ServerOutcome.Exactness;
import io.strowger.bench.server.ServerOutcome.Window;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * One run: everybody connects, the PBXs call for a while, everything drains, and each subscriber is held against the journal.
 */
final class ServerRun implements AutoCloseable {
    private static final int SAMPLES = 60;
    private static final int WARM_UP_PART = 10;
    private static final int MOST_WARM_UP_S = 30;
    private static final long DRAIN_NS = TimeUnit.MINUTES.toNanos(2);
    private static final long GRACE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LATE_PARTS = 100;
    private static final int MOST_FAULTS = 5;
    private static final double NS_PER_SECOND = 1e9;

    private final ServerSettings settings;
    private final ServerSite site;
    private final Subscribers subscribers;
    private final Path samples;

    /**
     * A server with quiet PBXs and no subscriber.
     *
     * @param folder  for journal and logs, empty.
     * @param samples file of the samples of memory.
     */
    ServerRun(final ServerSettings settings, final Path folder, final Path samples) throws IOException, InterruptedException {
        this.settings = settings;
        this.samples = samples;
        site = new ServerSite(settings, folder);
        subscribers = new Subscribers(settings, site.port(), site.tokens());
    }

    /** Runs. */
    ServerOutcome run() throws IOException, InterruptedException {
        final long connectingNs = System.nanoTime();
        subscribers.connect();
        System.err.println("bench: " + settings.clients() + " subscribers in "
            + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - connectingNs) + " ms");
        final long behind = site.sequence();
        final int before = site.memory().collect();
        site.begin();
        park(TimeUnit.SECONDS.toNanos(Math.min(MOST_WARM_UP_S, settings.seconds() / WARM_UP_PART)));
        subscribers.takeDelays();
        final Window window = window();
        final Histogram delays = subscribers.takeDelays();
        final boolean isLate = site.stop() > TimeUnit.SECONDS.toNanos(settings.seconds()) / LATE_PARTS;
        final Expectation expectation = Expectation.of(site.journal(), behind, settings.users());
        drain(expectation);
        final Map<Integer, Set<String>> open = new HashMap<>();
        for (int tenant = 1; tenant <= ServerSettings.TENANTS; tenant++) {
            open.put(tenant, site.openSessions(tenant));
        }
        final Collected collected = new Collected(before, site.memory().collect());
        Files.write(samples, site.memory().table());
        subscribers.close();
        return new ServerOutcome(exactness(expectation, open), window, delays, isLate, site.memory().resident(), site.memory().heap(),
            collected);
    }

    private Exactness exactness(final Expectation expectation, final Map<Integer, Set<String>> open) {
        final List<Subscriber> all = subscribers.all();
        final int exact = (int)all.stream().filter(expectation::isMet).count();
        final List<String> faults = all.stream().filter(one -> !expectation.isMet(one)).limit(MOST_FAULTS)
            .map(one -> "tenant " + one.tenant() + ", user " + one.user() + ": " + one.fold().count() + " of "
                + expectation.of(one).count() + " events, " + one.fault()).toList();
        final int sameOpen = (int)all.stream().filter(one -> null == one.user())
            .filter(one -> one.fold().open().equals(open.get(one.tenant()))).count();
        return new Exactness(exact, faults, sameOpen, open.values().stream().mapToInt(Set::size).sum());
    }

    private Window window() throws IOException, InterruptedException {
        final long periodNs = TimeUnit.SECONDS.toNanos(settings.seconds()) / SAMPLES;
        final long events = subscribers.events();
        final long deliveries = subscribers.deliveries();
        final long serverNs = site.cpuNs();
        final long clientNs = ownCpuNs();
        final long beganNs = System.nanoTime();
        for (int i = 1; i <= SAMPLES; i++) {
            park(beganNs + i * periodNs - System.nanoTime());
            site.memory().sample();
        }
        final double ns = System.nanoTime() - beganNs;
        return new Window(ns / NS_PER_SECOND, (subscribers.events() - events) / ns * NS_PER_SECOND,
            (subscribers.deliveries() - deliveries) / ns * NS_PER_SECOND, (site.cpuNs() - serverNs) / ns, (ownCpuNs() - clientNs) / ns);
    }

    /** Waits until as much has come as should, at most for minutes; then a moment more for what should not come. */
    private void drain(final Expectation expectation) throws IOException, InterruptedException {
        final long expected = subscribers.all().stream().mapToLong(one -> expectation.of(one).count()).sum();
        final long endNs = System.nanoTime() + DRAIN_NS;
        while (subscribers.deliveries() < expected && System.nanoTime() < endNs) {
            park(GRACE_NS / SAMPLES);
        }
        park(GRACE_NS);
    }

    private static long ownCpuNs() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
            ? system.getProcessCpuTime() : 0;
    }

    private static void park(final long ns) {
        final long untilNs = System.nanoTime() + ns;
        for (long leftNs = ns; leftNs > 0; leftNs = untilNs - System.nanoTime()) {
            LockSupport.parkNanos(leftNs);
        }
    }

    @Override
    public void close() throws IOException {
        subscribers.close();
        site.close();
    }
}

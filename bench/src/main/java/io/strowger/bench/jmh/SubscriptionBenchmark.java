package io.strowger.bench.jmh;

import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.router.dispatch.CoreCommands;
import io.strowger.router.dispatch.Dispatcher;
import io.strowger.router.dispatch.EventHandler;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.RecordWindow;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.dispatch.Subscriptions;
import io.strowger.router.record.RecordCursor;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.RouterCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A journaled block shown to subscriptions, each of the events of whose users goes to exactly one of them: ten that have all the users
 * among them, or twenty thousand of one user each, of whom those of the block's users get them. One call is one block, and its entries
 * taken out of the rings: as it is always the same block, the pollers pass over what they have had. Results are told an event.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SubscriptionBenchmark {
    private static final int TENANT = 1;
    private static final int FEW = 10;
    private static final int RING_ENTRIES = 1024;
    private static final int WINDOW_BYTES = 8 << 20;

    /** How many subscriptions there are. */
    @Param({"10", "20000"})
    private int subscriptions;

    private final EventHandler handler = (buffer, record) -> this.sum += RecordLayout.sequence(buffer, record);
    private final List<Subscription> receiving = new ArrayList<>();
    private BlockSource blocks;
    private Dispatcher dispatcher;
    private long taken;
    private long sum;

    /**
     * Events in the block of one call.
     *
     * @return the same number in every process.
     */
    static int eventsPerCall() {
        return DispatchBenchmark.eventsPerCall();
    }

    @Setup
    public void setup() {
        blocks = new BlockSource(1);
        blocks.refill();
        final RecordWindow window = new RecordWindow(WINDOW_BYTES);
        dispatcher = new Dispatcher(window, new RouterCounters(), fault -> {
            throw new IllegalStateException(fault);
        });
        final Subscriptions port = new Subscriptions(dispatcher, window, null, new Inline(), RING_ENTRIES);
        final List<String> users = List.copyOf(users());
        if (FEW == subscriptions) {
            subscribeFew(port, users);
        } else {
            users.forEach(user -> receiving.add(port.fromNow(Filter.ofTenant(TENANT).withUser(user))));
            for (int i = users.size(); i < subscriptions; i++) {
                port.fromNow(Filter.ofTenant(TENANT).withUser("stranger-" + i));
            }
        }
        dispatch();
        if (0 == taken) {
            throw new IllegalStateException("nobody got anything");
        }
    }

    @Benchmark
    public long dispatch() {
        dispatcher.onBlock(blocks.buffer(), 0, blocks.length(0));
        for (int i = 0; i < receiving.size(); i++) {
            final int count = receiving.get(i).poll(handler, RING_ENTRIES);
            if (count < 0) {
                throw new IllegalStateException("a subscription has fallen behind");
            }
            taken += count;
        }
        return sum;
    }

    private void subscribeFew(final Subscriptions port, final List<String> users) {
        for (int i = 0; i < FEW; i++) {
            Filter filter = Filter.ofTenant(TENANT);
            for (int user = i; user < users.size(); user += FEW) {
                filter = filter.withUser(users.get(user));
            }
            receiving.add(port.fromNow(filter));
        }
    }

    private Set<String> users() {
        final Set<String> users = new TreeSet<>();
        final RecordCursor records = new RecordCursor().wrap(blocks.buffer(), 0);
        final EventDecoder event = new EventDecoder();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        while (records.next()) {
            if (records.hasEvent()) {
                event.wrapAndApplyHeader(blocks.buffer(), RecordLayout.eventOffset(blocks.buffer(), records.record()), header);
                event.skipNativeId();
                event.skipCallId();
                users.add(event.localUser());
            }
        }
        users.remove("");
        return users;
    }

    /** The benchmark's thread is the core's. */
    private static final class Inline implements CoreCommands {
        @Override
        public boolean offer(final Runnable command) {
            command.run();
            return true;
        }

        @Override
        public void call(final Runnable command) {
            command.run();
        }

        @Override
        public boolean isClosed() {
            return false;
        }

        @Override
        public boolean hasFailed() {
            return false;
        }
    }
}

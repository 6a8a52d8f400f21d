package io.strowger.router;

import io.strowger.codecs.SignalLayout;
import io.strowger.router.fixture.EchoFold;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.journal.Journal;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.pipeline.JournalTime;
import io.strowger.router.replay.Fold;
import io.strowger.router.status.ReturnCode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Routers over the echoing fold, small enough that every limit is soon met.
 */
final class Routers {
    private Routers() {
    }

    /** A context for a deterministic run: caller's thread, journal time from the signals. */
    static RouterContext invoker(final Journal journal) {
        return echo(journal).threadingMode(ThreadingMode.INVOKER);
    }

    /** A context of the default threads with the echoing fold. */
    static RouterContext echo(final Journal journal) {
        return new RouterContext().journal(journal).journalTime(JournalTime.SOURCE).foldFactory((out, hashSeed) -> new EchoFold(out))
            .admission((buffer, offset, length) -> 0).ringCapacity(16).slotLength(512).channelCapacityBytes(4096).blockSizeLimit(4096)
            .windowCapacityBytes(32 * 1024).subscriptionCapacity(16).sharedCatchUp(false);
    }

    /** A fold like another: the watcher hears the name of each method before it is called, and may throw in its place. */
    static Fold watched(final Fold fold, final Consumer<String> watcher) {
        return (Fold)Proxy.newProxyInstance(Fold.class.getClassLoader(), new Class<?>[] {Fold.class}, (proxy, method, arguments) -> {
            watcher.accept(method.getName());
            try {
                return method.invoke(fold, arguments);
            } catch (final InvocationTargetException ex) {
                throw ex.getCause();
            }
        });
    }

    /** Offers one signal, which must be taken. */
    static void offer(final Channel channel, final EventSignal signal) {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        final long code = channel.offer(buffer, 0, signal.encode(buffer));
        if (code < 0) {
            throw new AssertionError("not taken: " + code);
        }
    }

    /** Offers one signal of which the router fails: it may have done so before the offer has returned. */
    static void offerTheLast(final Channel channel, final EventSignal signal) {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        final long code = channel.offer(buffer, 0, signal.encode(buffer));
        if (code < 0 && ReturnCode.CLOSED != code) {
            throw new AssertionError("not taken: " + ReturnCode.toString(code));
        }
    }

    /** Turns the router until it finds nothing to do. */
    static void settle(final Router router) {
        int idle = 0;
        while (idle < 2) {
            idle = router.poll() > 0 ? 0 : idle + 1;
        }
    }

    /** Offers so many signals to an invoker's channel, turning the router when there is no room; tells the source sequence of each. */
    static void feed(final Router router, final Channel channel, final EventSignal signal, final int count, final LongConsumer taken) {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        for (int i = 0; i < count; i++) {
            final int length = signal.encode(buffer);
            while (channel.offer(buffer, 0, length) < 0) {
                router.poll();
            }
            taken.accept(SignalLayout.sourceSequence(buffer, 0));
        }
        settle(router);
    }
}

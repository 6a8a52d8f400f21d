package io.strowger.persistence;

import io.strowger.router.journal.JournalException;
import java.nio.file.Path;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import net.openhft.chronicle.queue.rollcycles.TestRollCycles;

/**
 * Every setting of Chronicle in one place: its system properties, the options of its queue, the roll cycles there are.
 */
final class ChronicleSettings {
    private ChronicleSettings() {
    }

    /**
     * Sets Chronicle's system properties, before the first of its classes that reads them is loaded.
     */
    static void apply() {
        // it reports usage to its maker; the jar that does is not on our class path either
        System.setProperty("chronicle.analytics.disable", "true");
        // no banner
        System.setProperty("chronicle.announcer.disable", "true");
        // its disk monitor only logs, every ten seconds: our own space guard acts
        System.setProperty("chronicle.disk.monitor.disable", "true");
        // never guess by process id whether a writer lives (in a container every writer is process 1): our own file lock knows
        System.setProperty("queue.force.unlock.mode", "NEVER");
        // an index that can't be written ends the journal; going on without would leave records nobody finds
        System.setProperty("queue.ignoreIndexingFailure", "false");
        // sharing an appender between threads must be an error
        System.setProperty("disable.single.threaded.check", "false");
        // no stack trace kept for every resource
        System.setProperty("jvm.resource.tracing", "false");
    }

    /**
     * Builds the queue of one generation.
     *
     * @param blockSize bytes mapped at a time; Chronicle does not store it.
     * @param time      that cycles roll by.
     */
    static SingleChronicleQueue queue(final Path directory, final RollCycle cycle, final long blockSize, final JournalTime time) {
        return SingleChronicleQueueBuilder.binary(directory)
            // set always: a queue that lost its own metadata can't tell a large cycle from its file names
            .rollCycle(cycle)
            // fewer, larger mappings: each change of mapping is a stall
            .blockSize(blockSize)
            // records roll the cycle, so a clock stepped back can't make Chronicle write behind an end mark
            .timeProvider(time)
            // one writer thread and one copy to the file or its mapping: nothing to buffer
            .doubleBuffer(false)
            // the router keeps interrupts from its journal; the check costs each append
            .checkInterrupts(false)
            .build();
    }

    /**
     * Finds a roll cycle by its name.
     *
     * @throws JournalException when Chronicle has none of that name.
     */
    static RollCycle cycle(final String name) {
        for (final Enum<?>[] cycles : new Enum<?>[][] {LargeRollCycles.values(), RollCycles.values(), TestRollCycles.values()}) {
            for (final Enum<?> cycle : cycles) {
                if (cycle.name().equals(name)) {
                    return (RollCycle)cycle;
                }
            }
        }
        throw new JournalException("roll cycle " + name + " is not known");
    }
}

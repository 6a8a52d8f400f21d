package io.strowger.bench.peers;

import io.strowger.bench.pipeline.ChronicleContender;
import io.strowger.bench.pipeline.Contender;
import io.strowger.bench.pipeline.DisruptorContender;
import io.strowger.bench.pipeline.RouterContender;
import io.strowger.router.journal.Durability;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who takes part, the router first at each level; the level says where a signal is by the time it counts.
 */
enum PeerCase {
    ROUTER("Strowger, whole job, 3 taps", Kept.PAGE_CACHE, 0),
    CHRONICLE("bare Chronicle, one excerpt a signal", Kept.PAGE_CACHE, 0),
    DISRUPTOR("bare Disruptor", Kept.IN_MEMORY, 0),
    AERON_IPC("Aeron IPC", Kept.IN_MEMORY, 0),
    AERON_ARCHIVE("Aeron Archive", Kept.PAGE_CACHE, 1),
    KAFKA("Kafka", Kept.PAGE_CACHE, 0),
    KAFKA_LZ4("Kafka lz4", Kept.PAGE_CACHE, 3),
    REDIS("Redis Streams", Kept.PAGE_CACHE, 10),
    NATS("NATS JetStream", Kept.PAGE_CACHE, 10),

    ROUTER_FSYNC("Strowger, whole job, 3 taps", Kept.FSYNC, 0),
    AERON_ARCHIVE_FSYNC("Aeron Archive", Kept.FSYNC, 0),
    KAFKA_FSYNC("Kafka lz4", Kept.FSYNC, 0),
    REDIS_FSYNC("Redis Streams", Kept.FSYNC, 0),
    NATS_FSYNC("NATS JetStream", Kept.FSYNC, 0);

    private final String label;
    private final Kept kept;
    private final double goal;

    PeerCase(final String label, final Kept kept, final double goal) {
        this.label = label;
        this.kept = kept;
        this.goal = goal;
    }

    /** Those who are compared with each other: nothing is lost by comparing what is kept in the page cache with what is not kept. */
    static List<PeerCase> group(final boolean isSynced) {
        return Stream.of(values()).filter(peer -> isSynced == (Kept.FSYNC == peer.kept)).toList();
    }

    /** Its name in results. */
    String title() {
        return label + ", " + kept.label();
    }

    Kept kept() {
        return kept;
    }

    /** How many times its rate the router is meant to reach, 0 when that is not said. */
    double goal() {
        return goal;
    }

    /** Whether Agrona checks bounds: as the router ships, and switched off for a peer that is faster without. */
    boolean isChecked() {
        return !label.startsWith("Aeron");
    }

    /**
     * Makes it ready, starts its server.
     *
     * @param folder   for its files.
     * @param sessions that will be open at a time.
     * @return the contender.
     * @throws NotRunException when it can't take part here.
     * @throws Exception       when it fails.
     */
    Contender contender(final Path folder, final int sessions) throws Exception {
        final boolean isSynced = Kept.FSYNC == kept;
        return switch (this) {
            case ROUTER -> new RouterContender(folder, sessions);
            case ROUTER_FSYNC -> new RouterContender(folder, sessions, Durability.DURABLE, Durability.DURABLE);
            case CHRONICLE -> new ChronicleContender(folder);
            case DISRUPTOR -> new DisruptorContender();
            case AERON_IPC -> new AeronIpcContender(folder);
            case AERON_ARCHIVE, AERON_ARCHIVE_FSYNC -> new AeronArchiveContender(folder, isSynced);
            case KAFKA -> new KafkaContender(folder, "none", isSynced);
            case KAFKA_LZ4, KAFKA_FSYNC -> new KafkaContender(folder, "lz4", isSynced);
            case REDIS, REDIS_FSYNC -> new RedisContender(folder, isSynced);
            case NATS, NATS_FSYNC -> new NatsContender(folder, isSynced);
        };
    }
}

package io.strowger.bench.peers;

import io.strowger.bench.load.SignalPool;
import io.strowger.bench.pipeline.ChronicleContender;
import io.strowger.bench.pipeline.Contender;
import io.strowger.bench.pipeline.DiskFiles;
import io.strowger.codecs.SignalLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * A topic of one partition on a Kafka broker of this machine: each signal sent as one record, in large batches.
 *
 * <p>A window ends when the producer is flushed: every record is acknowledged. Check: the partition ends where it must, and its last record
 * is the last signal.
 */
final class KafkaContender implements Contender {
    private static final TopicPartition PARTITION = new TopicPartition("signals", 0);
    private static final int BATCH_KIB = 512;
    private static final int LINGER_MS = 5;
    private static final Duration POLL_LIMIT = Duration.ofSeconds(30);

    private final Path folder;
    private final String compression;
    private final boolean isSynced;
    private final String address;
    private final ServerProcess server;
    private final KafkaProducer<byte[], byte[]> producer;
    private long sent;

    /**
     * Starts the broker and makes the topic.
     *
     * @param folder      for its files.
     * @param compression of the producer's batches: none or lz4.
     * @param isSynced    whether the broker syncs its file before it acknowledges.
     * @throws IOException          when it can't be started.
     * @throws InterruptedException when this thread is.
     * @throws ExecutionException   when the topic can't be made.
     */
    KafkaContender(final Path folder, final String compression, final boolean isSynced)
        throws IOException, InterruptedException, ExecutionException {
        this.folder = folder;
        this.compression = compression;
        this.isSynced = isSynced;
        final int port = Program.freePort();
        address = "127.0.0.1:" + port;
        server = KafkaBroker.start(folder, port);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            final Map<String, String> sync = isSynced ? Map.of("flush.messages", "1") : Map.of();
            admin.createTopics(List.of(new NewTopic(PARTITION.topic(), 1, (short)1).configs(sync))).all().get();
        } catch (final ExecutionException e) {
            server.close();
            throw e;
        }
        producer = new KafkaProducer<>(producerSettings(), new ByteArraySerializer(), new ByteArraySerializer());
        producer.partitionsFor(PARTITION.topic());
    }

    private Map<String, Object> producerSettings() {
        return Map.of("bootstrap.servers", address, "acks", "1", "enable.idempotence", "false", "linger.ms", LINGER_MS,
            "batch.size", BATCH_KIB << 10, "buffer.memory", 256L << 20, "compression.type", compression,
            "max.in.flight.requests.per.connection", 5, "max.request.size", 8 << 20);
    }

    @Override
    public String name() {
        return "Kafka, compression " + compression;
    }

    @Override
    public String settings() {
        return "Kafka " + AppInfoParser.getVersion() + ", " + KafkaBroker.SETTINGS
            + (isSynced ? ", flush.messages 1" : "") + "; one partition, acks 1, batches of "
            + BATCH_KIB + " KiB, linger " + LINGER_MS + " ms, compression " + compression + ", buffer 256 MiB";
    }

    @Override
    public long serverCpuNs() {
        return server.cpuNs();
    }

    @Override
    public void run(final SignalPool pool) {
        final int count = pool.count();
        Future<RecordMetadata> last = null;
        int place = 0;
        for (int i = 0; i < count; i++) {
            final byte[] signal = new byte[pool.length(place)];
            pool.buffer().getBytes(pool.signal(place), signal);
            last = producer.send(new ProducerRecord<>(PARTITION.topic(), PARTITION.partition(), null, signal));
            place = pool.next(place);
        }
        producer.flush();
        try {
            last.get();
        } catch (final ExecutionException | InterruptedException e) {
            throw new IllegalStateException("the last signal is not acknowledged", e);
        }
        sent += count;
    }

    @Override
    public void settle(final SignalPool pool) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", address), new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
            consumer.assign(List.of(PARTITION));
            final long end = consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
            consumer.seek(PARTITION, end - 1);
            long last = -1;
            for (final ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL_LIMIT)) {
                last = SignalLayout.sourceSequence(new UnsafeBuffer(found.value()), 0);
            }
            if (end != sent || last != ChronicleContender.lastSequence(pool)) {
                throw new IllegalStateException("the partition holds " + end + " of " + sent + " signals");
            }
        }
        DiskFiles.force(folder);
    }

    @Override
    public void close() {
        CloseHelper.closeAll(producer, server);
    }
}

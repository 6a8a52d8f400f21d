package io.strowger.bench.peers;

import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.ArchivingMediaDriver;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.codecs.SourceLocation;
import io.aeron.archive.status.RecordingPos;
import io.aeron.logbuffer.FragmentHandler;
import io.strowger.bench.load.SignalPool;
import io.strowger.bench.pipeline.ChronicleContender;
import io.strowger.bench.pipeline.Contender;
import io.strowger.bench.pipeline.DiskFiles;
import io.strowger.codecs.SignalLayout;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.status.CountersReader;

/**
 * Aeron Archive records an IPC stream to the disk: each signal offered to an exclusive publication; a window ends when the recording has
 * caught up.
 *
 * <p>Driver and archive run from {@link #open} to {@link #settle}, each time on files of their own. Check: the recording, replayed, holds
 * every signal, and the last one is the last.
 */
final class AeronArchiveContender implements Contender {
    private static final int STREAM = 1;
    private static final int REPLAY_STREAM = 2;
    private static final int FRAGMENTS = 256;
    private static final int SYNC_ALWAYS = 1;
    private static final long REPLAY_LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    private final Path folder;
    private final boolean isSynced;
    private final String driverFolder;
    private int window;
    private ArchivingMediaDriver driver;
    private AeronArchive archive;
    private ExclusivePublication publication;
    private CountersReader counters;
    private int recordingCounter;
    private long position;
    private long count;
    private long last;

    /**
     * Nothing runs yet.
     *
     * @param folder   for the recordings.
     * @param isSynced whether each write is forced to the disk before the recording's position moves.
     */
    AeronArchiveContender(final Path folder, final boolean isSynced) {
        this.folder = folder;
        this.isSynced = isSynced;
        this.driverFolder = AeronDriver.folder(folder);
    }

    @Override
    public String name() {
        return "Aeron Archive";
    }

    @Override
    public String settings() {
        return AeronDriver.SETTINGS + "; archive threading mode SHARED, file sync level " + (isSynced ? SYNC_ALWAYS : 0);
    }

    @Override
    public void open() {
        final int syncLevel = isSynced ? SYNC_ALWAYS : 0;
        driver = ArchivingMediaDriver.launch(AeronDriver.context(driverFolder), new Archive.Context()
            .aeronDirectoryName(driverFolder).archiveDirectoryName(folder.resolve("archive-" + window++).toString())
            .threadingMode(ArchiveThreadingMode.SHARED).controlChannelEnabled(false).recordingEventsEnabled(false)
            .replicationChannel("aeron:udp?endpoint=127.0.0.1:0")
            .archiveClientContext(new AeronArchive.Context().controlResponseChannel("aeron:ipc"))
            .fileSyncLevel(syncLevel).catalogFileSyncLevel(syncLevel).idleStrategySupplier(AeronDriver::idleStrategy));
        archive = AeronArchive.connect(new AeronArchive.Context().aeronDirectoryName(driverFolder)
            .controlRequestChannel("aeron:ipc").controlRequestStreamId(AeronArchive.Configuration.localControlStreamId())
            .controlResponseChannel("aeron:ipc"));
        archive.startRecording(AeronDriver.IPC, STREAM, SourceLocation.LOCAL);
        publication = archive.context().aeron().addExclusivePublication(AeronDriver.IPC, STREAM);
        counters = archive.context().aeron().countersReader();
        recordingCounter = CountersReader.NULL_COUNTER_ID;
        while (!publication.isConnected() || CountersReader.NULL_COUNTER_ID == recordingCounter) {
            Thread.yield();
            recordingCounter = RecordingPos.findCounterIdBySession(counters, publication.sessionId(), archive.archiveId());
        }
    }

    @Override
    public void run(final SignalPool pool) {
        AeronOffers.offer(publication, pool);
        final long end = publication.position();
        while (counters.getCounterValue(recordingCounter) < end) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void settle(final SignalPool pool) {
        replay(RecordingPos.getRecordingId(counters, recordingCounter), publication.position());
        closeDriver();
        if (count != pool.count() || last != ChronicleContender.lastSequence(pool)) {
            throw new IllegalStateException("the recording holds " + count + " of " + pool.count() + " signals");
        }
        DiskFiles.force(folder);
    }

    private void replay(final long recording, final long end) {
        count = 0;
        position = 0;
        final FragmentHandler handler = (buffer, offset, length, header) -> {
            last = SignalLayout.sourceSequence(buffer, offset);
            position = header.position();
            count++;
        };
        final long deadline = System.nanoTime() + REPLAY_LIMIT_NS;
        try (Subscription replay = archive.replay(recording, 0, end, AeronDriver.IPC, REPLAY_STREAM)) {
            while (position < end && System.nanoTime() < deadline) {
                if (0 == replay.poll(handler, FRAGMENTS)) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    @Override
    public void close() {
        closeDriver();
    }

    private void closeDriver() {
        CloseHelper.closeAll(publication, archive, driver);
        publication = null;
        archive = null;
        driver = null;
    }
}

package io.strowger.ops.doctor;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The disk that a journal's folder lies on.
 */
final class DiskChecks {
    /** What Linux sets by itself. With 8 MiB each first touch of a mapped page reads 8 MiB: p99 of an append became 19 to 24 ms. */
    private static final long READ_AHEAD_KB = 128;
    private static final long LITTLE_SPACE_BYTES = 4L << 30;
    private static final long NO_SPACE_BYTES = 256L << 20;
    private static final Set<String> NETWORK = Set.of("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "ceph", "glusterfs");
    private static final Set<String> MEMORY = Set.of("tmpfs", "ramfs");

    private final Machine machine;
    private final Path folder;

    DiskChecks(final Machine machine, final Path folder) {
        this.machine = machine;
        this.folder = folder;
    }

    List<Finding> run() {
        final List<Finding> findings = new ArrayList<>();
        try {
            final FileStore store = Files.getFileStore(folder);
            findings.add(writable());
            findings.add(kind(store));
            findings.add(space(store));
            findings.add(readAhead(((Number)Files.getAttribute(folder, "unix:dev")).longValue()));
        } catch (final IOException | UnsupportedOperationException e) {
            findings.add(Finding.warn("disk", "can't look at " + folder + ": " + e.getMessage(), "name a folder that exists: doctor DIR"));
        }
        return findings;
    }

    private Finding writable() {
        return Files.isWritable(folder) ? Finding.ok("folder", folder + " can be written")
            : Finding.fail("folder", folder + " can't be written", "chown it to the user that runs the router");
    }

    private static Finding kind(final FileStore store) {
        final String type = store.type();
        if (NETWORK.contains(type)) {
            return Finding.fail("file system", type + ": mapped files over a network lose data", "put the journal on a local disk");
        }
        if (MEMORY.contains(type)) {
            return Finding.warn("file system", type + ": a journal here is gone with the machine", "put the journal on a local disk");
        }
        return Finding.ok("file system", type);
    }

    private static Finding space(final FileStore store) throws IOException {
        final long bytes = store.getUsableSpace();
        final String text = "%.1f GiB free".formatted(bytes / (double)(1L << 30));
        if (bytes < NO_SPACE_BYTES) {
            return Finding.fail("free space", text + ": a full disk stops the router", "make room, or put the journal elsewhere");
        }
        return bytes < LITTLE_SPACE_BYTES
            ? Finding.warn("free space", text + ": less than 25 million records", "make room, or put the journal elsewhere")
            : Finding.ok("free space", text);
    }

    /**
     * Judges the read-ahead of a device.
     *
     * @param device st_dev of the folder.
     */
    Finding readAhead(final long device) {
        final String name = major(device) + ":" + minor(device);
        final String[] places = {"sys/class/bdi/" + name + "/read_ahead_kb", "sys/dev/block/" + name + "/queue/read_ahead_kb",
            "sys/dev/block/" + name + "/../queue/read_ahead_kb"};
        for (final String place : places) {
            final long kilobytes = machine.number(place);
            if (kilobytes > READ_AHEAD_KB) {
                return Finding.warn("read-ahead", kilobytes + " kB on device " + name + ": every fresh page of the journal reads that much",
                    "echo " + READ_AHEAD_KB + " | sudo tee /" + place);
            }
            if (kilobytes >= 0) {
                return Finding.ok("read-ahead", kilobytes + " kB on device " + name);
            }
        }
        return Finding.warn("read-ahead", "device " + name + " does not tell", "look with: lsblk -o NAME,RA,MOUNTPOINT");
    }

    /** As glibc's gnu_dev_major. */
    private static long major(final long device) {
        return ((device >>> 8) & 0xfff) | ((device >>> 32) & 0xfffff000L);
    }

    /** As glibc's gnu_dev_minor. */
    private static long minor(final long device) {
        return (device & 0xff) | ((device >>> 12) & 0xffffff00L);
    }
}

package io.strowger.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of the processes that are measured: always the same flags, however the benchmarks were called.
 */
public final class MeasuredJvm {
    private MeasuredJvm() {
    }

    /**
     * The flags of a measured process.
     *
     * @param heapMb       size of the heap, fixed from the start, in MiB.
     * @param boundsChecks whether Agrona and the codecs check each access, as the product ships.
     * @return the flags, in order.
     */
    public static List<String> flags(final int heapMb, final boolean boundsChecks) {
        final List<String> flags = new ArrayList<>(List.of(
            "--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens", "java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-exports", "java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-exports", "java.base/sun.nio.ch=ALL-UNNAMED",
            "-Xms" + heapMb + "m", "-Xmx" + heapMb + "m", "-XX:+UseSerialGC", "-XX:MaxDirectMemorySize=12g",
            "-Dagrona.disable.bounds.checks=" + !boundsChecks,
            "-Dchronicle.analytics.disable=true", "-Dchronicle.announcer.disable=true"));
        final String tunables = System.getenv("GLIBC_TUNABLES");
        if (null != tunables && tunables.contains("glibc.malloc.hugetlb=")) {
            // as the launcher has found them possible: malloc, whose memory is outside of the heap, was told so
            flags.add("-XX:+UseTransparentHugePages");
        }
        if (Runtime.version().feature() >= 24) {
            flags.add("--sun-misc-unsafe-memory-access=allow");
            flags.add("--enable-native-access=ALL-UNNAMED");
        }
        return List.copyOf(flags);
    }

    /**
     * The java command of this process.
     */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}

package io.strowger.bench.server;

import io.strowger.bench.MeasuredJvm;
import io.strowger.ops.Main;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command that runs the server: the flags of the launcher, the class path of this process in place of the jar.
 */
final class ServerCommand {
    private ServerCommand() {
    }

    /** The launcher's flags for {@code serve}, and what the jar's manifest opens. */
    static List<String> flags() {
        final List<String> flags = new ArrayList<>(List.of(
            "--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens", "java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-exports", "java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-exports", "java.base/sun.nio.ch=ALL-UNNAMED",
            "-Xms64m", "-XX:-UsePerfData", "-Xshare:auto", "-Xlog:disable", "-Dchronicle.analytics.disable=true",
            "-Dchronicle.announcer.disable=true", "-Dfile.encoding=UTF-8", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError"));
        final String tunables = System.getenv("GLIBC_TUNABLES");
        if (null != tunables && tunables.contains("glibc.malloc.hugetlb=")) {
            flags.add("-XX:+UseTransparentHugePages");
        }
        if (Runtime.version().feature() >= 24) {
            flags.add("--sun-misc-unsafe-memory-access=allow");
            flags.add("--enable-native-access=ALL-UNNAMED");
        }
        return List.copyOf(flags);
    }

    /**
     * The whole command.
     *
     * @param configuration of the server.
     * @param collections   gets a line for each garbage collection.
     */
    static List<String> of(final Path configuration, final Path collections) {
        final List<String> command = new ArrayList<>();
        command.add(MeasuredJvm.java());
        command.addAll(flags());
        command.addAll(List.of("-Xlog:gc:file=" + collections + ":uptime:filecount=0", "-cp", System.getProperty("java.class.path"),
            Main.class.getName(), "serve", "--config", configuration.toString()));
        return command;
    }
}

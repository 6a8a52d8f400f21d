package io.strowger.ops.doctor;

import java.util.ArrayList;
import java.util.List;

/**
 * The JVM this runs in, and the flags it was given.
 */
final class JvmChecks {
    private static final int OLDEST_JAVA = 17;
    private static final String START = "start with ops/strowger or java -jar ops/target/strowger.jar";

    private JvmChecks() {
    }

    static List<Finding> run() {
        final List<Finding> findings = new ArrayList<>();
        final int version = Runtime.version().feature();
        final String text = Runtime.version() + ", " + System.getProperty("java.vm.name");
        findings.add(version < OLDEST_JAVA ? Finding.fail("java", text, "install a JDK 17 or later") : Finding.ok("java", text));
        findings.add(opens());
        findings.add(Boolean.getBoolean("agrona.disable.bounds.checks")
            ? Finding.warn("bounds checks", "off: a wrong offset in foreign bytes reads elsewhere", "drop -Dagrona.disable.bounds.checks")
            : Finding.ok("bounds checks", "on"));
        findings.add(Boolean.getBoolean("chronicle.analytics.disable") ? Finding.ok("telemetry", "off")
            : Finding.fail("telemetry", "not switched off", START));
        findings.add(Finding.ok("heap", "at most " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB (sessions are kept outside of it)"));
        return findings;
    }

    private static Finding opens() {
        final Module base = Object.class.getModule();
        final Module ours = JvmChecks.class.getModule();
        final List<String> missing = new ArrayList<>();
        for (final String name : List.of("jdk.internal.misc", "java.lang.reflect")) {
            if (!base.isOpen(name, ours)) {
                missing.add("--add-opens java.base/" + name + "=ALL-UNNAMED");
            }
        }
        for (final String name : List.of("jdk.internal.ref", "sun.nio.ch")) {
            if (!base.isExported(name, ours)) {
                missing.add("--add-exports java.base/" + name + "=ALL-UNNAMED");
            }
        }
        return missing.isEmpty() ? Finding.ok("jvm flags", "the packages that Agrona and Chronicle need are open")
            : Finding.fail("jvm flags", "missing: " + String.join(" ", missing), START);
    }
}

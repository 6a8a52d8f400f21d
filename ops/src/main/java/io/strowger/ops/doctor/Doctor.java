package io.strowger.ops.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at everything: the disk of a folder, the system, the JVM.
 */
public final class Doctor {
    private static final long SPIN_NS = 1_000_000_000;

    private Doctor() {
    }

    /**
     * Looks.
     *
     * @param machine    whose files tell.
     * @param folder     that holds a journal, or will.
     * @param isSpinning whether two threads spin for a second, to see what the machine takes from them: not beside a live router.
     * @return what was found, good and bad, in the order of looking.
     * @throws InterruptedException when the caller is interrupted.
     */
    public static List<Finding> look(final Machine machine, final Path folder, final boolean isSpinning) throws InterruptedException {
        final List<Finding> findings = new ArrayList<>(new DiskChecks(machine, folder).run());
        findings.addAll(new SystemChecks(machine, Runtime.getRuntime().availableProcessors()).run());
        if (isSpinning) {
            findings.add(SystemChecks.standstill(Standstill.measure(SPIN_NS)));
        }
        findings.addAll(JvmChecks.run());
        return findings;
    }
}

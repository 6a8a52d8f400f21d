package io.strowger.ops.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at everything: the disk of a folder, the system, the JVM.
 */
public final class Doctor {
    private Doctor() {
    }

    /**
     * Looks.
     *
     * @param machine whose files tell.
     * @param folder  that holds a journal, or will.
     * @return what was found, good and bad, in the order of looking.
     */
    public static List<Finding> look(final Machine machine, final Path folder) {
        final List<Finding> findings = new ArrayList<>(new DiskChecks(machine, folder).run());
        findings.addAll(new SystemChecks(machine, Runtime.getRuntime().availableProcessors()).run());
        findings.addAll(JvmChecks.run());
        return findings;
    }
}

package io.strowger.ops.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorTest {
    private static final long DEVICE_254_0 = 0xFE00;

    @TempDir
    private Path root;

    @ParameterizedTest
    @CsvSource({"128, OK", "8192, WARN", "0, OK"})
    void shouldJudgeReadAheadWhenDeviceTellsIt(final long kilobytes, final Finding.Level level) throws IOException {
        file("sys/class/bdi/254:0/read_ahead_kb", kilobytes + "\n");
        final Finding finding = new DiskChecks(new Machine(root), root).readAhead(DEVICE_254_0);
        assertEquals(level, finding.level());
        assertEquals(Finding.Level.OK == level ? "" : "echo 128 | sudo tee /sys/class/bdi/254:0/read_ahead_kb", finding.cure());
    }

    @Test
    void shouldAskParentDeviceWhenFolderLiesOnPartition() throws IOException {
        file("sys/devices/sda/queue/read_ahead_kb", "4096");
        file("sys/devices/sda/sda1/partition", "1");
        Files.createDirectories(root.resolve("sys/dev/block"));
        Files.createSymbolicLink(root.resolve("sys/dev/block/8:1"), Path.of("../../devices/sda/sda1"));
        final Finding finding = new DiskChecks(new Machine(root), root).readAhead(0x801);
        assertTrue(finding.text().startsWith("4096 kB on device 8:1"), finding.text());
    }

    @Test
    void shouldSaySoWhenDeviceDoesNotTell() {
        assertEquals(Finding.Level.WARN, new DiskChecks(new Machine(root), root).readAhead(DEVICE_254_0).level());
    }

    @Test
    void shouldFindNothingWhenSystemIsFine() throws IOException {
        fineSystem();
        for (final Finding finding : new SystemChecks(new Machine(root), 2).run()) {
            assertEquals(Finding.Level.OK, finding.level(), finding.toString());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "sys/devices/system/clocksource/clocksource0/current_clocksource|hpet|clock",
        "sys/kernel/mm/transparent_hugepage/enabled|[always] madvise never|huge pages",
        "sys/devices/system/cpu/cpu0/cpufreq/scaling_governor|powersave|cpu frequency",
        "sys/fs/cgroup/app/cpu.max|150000 100000|cpu quota",
        "proc/self/environ|PATH=/bin|huge pages",
        "proc/sys/vm/max_map_count|1000|mappings"})
    void shouldWarnWithCureWhenOneThingHurts(final String path, final String content, final String topic) throws IOException {
        fineSystem();
        file(path, content);
        final List<Finding> hurting = new SystemChecks(new Machine(root), 2).run().stream()
            .filter(finding -> Finding.Level.OK != finding.level()).toList();
        assertEquals(List.of(topic), hurting.stream().map(Finding::topic).toList());
        assertTrue(!hurting.get(0).cure().isEmpty(), hurting.toString());
    }

    @Test
    void shouldWarnWhenSwapIsOnAndEager() throws IOException {
        fineSystem();
        file("proc/swaps", "Filename Type Size Used Priority\n/dev/sda2 partition 1 0 -2\n");
        file("proc/sys/vm/swappiness", "60");
        assertEquals(List.of("sudo sysctl vm.swappiness=1"), new SystemChecks(new Machine(root), 2).run().stream().map(Finding::cure)
            .filter(cure -> !cure.isEmpty()).toList());
    }

    @Test
    void shouldWarnWhenLimitsAreLow() throws IOException {
        fineSystem();
        file("proc/self/limits", """
            Limit                     Soft Limit           Hard Limit           Units
            Max file size             1000                 unlimited            bytes
            Max open files            1024                 524288               files
            Max address space         1000000              unlimited            bytes
            """);
        assertEquals(List.of("file size", "open files", "address space"), new SystemChecks(new Machine(root), 2).run().stream()
            .filter(finding -> Finding.Level.WARN == finding.level()).map(Finding::topic).toList());
    }

    @ParameterizedTest
    @CsvSource({"10499, WARN, 'at most 10499: for 9999 subscribers, 10000 are planned with'", "10500, OK, at most 10500",
        "unlimited, OK, at most unlimited", "100, WARN, 'at most 100: for 0 subscribers, 10000 are planned with'"})
    void shouldCountSubscribersByOpenFiles(final String most, final Finding.Level level, final String text) throws IOException {
        fineSystem();
        file("proc/self/limits", "Max open files            " + most + "                20000                files\n");
        final Finding finding = new SystemChecks(new Machine(root), 2).run().stream()
            .filter(each -> "open files".equals(each.topic())).findFirst().orElseThrow();
        assertEquals(level + " " + text, finding.level() + " " + finding.text());
    }

    @Test
    void shouldWarnWhenThereIsOneCore() throws IOException {
        fineSystem();
        assertEquals("cores", new SystemChecks(new Machine(root), 1).run().get(0).topic());
        assertEquals(Finding.Level.WARN, new SystemChecks(new Machine(root), 1).run().get(0).level());
    }

    @Test
    void shouldFindItsOwnJvmFitWhenTestsRun() {
        for (final Finding finding : JvmChecks.run()) {
            assertEquals(Finding.Level.OK, finding.level(), finding.toString());
        }
    }

    @Test
    void shouldCountFindingsWhenRunAsCommand() {
        final Run run = Run.of("doctor", root.toString());
        assertEquals(0, run.exitCode(), run.out());
        assertFalse(run.out().contains("standing still"), run.out());
        assertTrue(Run.of("doctor", root.toString(), "--spin").out().contains("standing still"));
        assertTrue(run.lastLine().matches("\\d+ looked at, \\d+ will hurt, 0 forbid it"), run.out());
    }

    private void fineSystem() throws IOException {
        file("proc/self/cgroup", "0::/app\n");
        file("sys/fs/cgroup/app/cpu.max", "max 100000\n");
        file("sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc\n");
        file("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
        file("proc/self/environ", "PATH=/bin\0GLIBC_TUNABLES=glibc.malloc.hugetlb=1\0");
        file("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance\n");
        file("proc/swaps", "Filename Type Size Used Priority\n");
        file("proc/sys/vm/max_map_count", "65530\n");
        file("proc/self/limits", "Max open files            20000                20000                files\n");
    }

    private void file(final String path, final String content) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), content);
    }
}

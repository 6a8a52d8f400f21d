package io.strowger.ops.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Processor, clock, memory and limits, as Linux tells them.
 */
final class SystemChecks {
    private static final Set<String> FAST_CLOCKS = Set.of("tsc", "kvm-clock", "arch_sys_counter", "hyperv_clocksource_tsc_page");
    /** Of a server: jars, journal, snapshots, webhooks, call routers. */
    private static final long FILES_OF_ITS_OWN = 500;
    private static final long SUBSCRIBERS = 10_000;
    private static final long MAPS_WANTED = 65_530;
    private static final double MOST_STILL_PERCENT = 1;
    private static final double NS_PER_MS = 1e6;
    private static final Pattern LIMIT = Pattern.compile("(Max [a-z ]+?)\\s{2,}(\\S+)\\s+(\\S+).*");

    private final Machine machine;
    private final int cores;

    SystemChecks(final Machine machine, final int cores) {
        this.machine = machine;
        this.cores = cores;
    }

    List<Finding> run() {
        final List<Finding> findings = new ArrayList<>();
        findings.add(coreCount());
        findings.add(quota());
        findings.add(governor());
        findings.add(clock());
        findings.add(hugePages());
        findings.add(swap());
        findings.add(maps());
        findings.addAll(limits());
        return findings;
    }

    private Finding coreCount() {
        if (cores < 2) {
            return Finding.warn("cores", "1: garbage collector, journal write-back and router share it", "give the router two cores");
        }
        return Finding.ok("cores", cores + (2 == cores ? " (threading mode shared)" : " (threading mode split)"));
    }

    /** What two threads lost that only read the clock. */
    static Finding standstill(final Standstill still) {
        final String text = String.format(Locale.ROOT, "%.1f %% of the time (%.1f %% for more than 1 ms, longest %.1f ms)", still.percent(),
            still.longPercent(), still.longestNs() / NS_PER_MS);
        return still.percent() < MOST_STILL_PERCENT ? Finding.ok("standing still", text) : Finding.warn("standing still",
            text + ": it is in every p99", "give the machine cores of its own, and what else runs on it other cores than the router's");
    }

    private Finding quota() {
        String limit = null;
        for (final String line : machine.lines("proc/self/cgroup")) {
            if (line.startsWith("0::/")) {
                limit = machine.text("sys/fs/cgroup" + line.substring(3) + "/cpu.max");
            }
        }
        if (null == limit) {
            limit = machine.text("sys/fs/cgroup/cpu.max");
        }
        if (null == limit) {
            final long quota = machine.number("sys/fs/cgroup/cpu/cpu.cfs_quota_us");
            limit = quota < 0 ? "max" : quota + " " + machine.number("sys/fs/cgroup/cpu/cpu.cfs_period_us");
        }
        final Matcher numbers = Pattern.compile("(\\d+) (\\d+)").matcher(limit);
        if (!numbers.matches() || Double.parseDouble(numbers.group(1)) >= cores * Double.parseDouble(numbers.group(2))) {
            return Finding.ok("cpu quota", "none");
        }
        return Finding.warn("cpu quota", "%.1f of %d cores: the rest of each period stands still"
            .formatted(Double.parseDouble(numbers.group(1)) / Double.parseDouble(numbers.group(2)), cores),
            "raise or drop the cpu limit of the container");
    }

    private Finding governor() {
        final String governor = machine.text("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
        if (null == governor || "performance".equals(governor)) {
            return Finding.ok("cpu frequency", null == governor ? "not scaled here" : governor);
        }
        return Finding.warn("cpu frequency", governor + ": an idle router wakes up slowly", "sudo cpupower frequency-set -g performance");
    }

    private Finding clock() {
        final String source = machine.text("sys/devices/system/clocksource/clocksource0/current_clocksource");
        if (null == source) {
            return Finding.warn("clock", "its source is not told", "");
        }
        return FAST_CLOCKS.contains(source) ? Finding.ok("clock", source)
            : Finding.warn("clock", source + ": each reading is a system call",
                "echo tsc | sudo tee /sys/devices/system/clocksource/clocksource0/current_clocksource");
    }

    private Finding hugePages() {
        final String enabled = machine.text("sys/kernel/mm/transparent_hugepage/enabled");
        if (null != enabled && enabled.contains("[always]")) {
            return Finding.warn("huge pages", "transparent, always: the kernel stops threads to make them",
                "echo madvise | sudo tee /sys/kernel/mm/transparent_hugepage/enabled");
        }
        if (null != enabled && enabled.contains("[madvise]") && !isMallocTold()) {
            return Finding.warn("huge pages", "transparent, not asked for by this process: a start with millions of sessions takes longer",
                "start with ops/strowger, or with -XX:+UseTransparentHugePages and GLIBC_TUNABLES=glibc.malloc.hugetlb=1");
        }
        return Finding.ok("huge pages", null == enabled ? "none" : "transparent " + enabled.replaceAll(".*\\[(\\w+)].*", "$1"));
    }

    /** The environment of this process, its entries ended by zeros. */
    private boolean isMallocTold() {
        final String environment = machine.text("proc/self/environ");
        return null == environment || environment.contains("glibc.malloc.hugetlb=");
    }

    private Finding swap() {
        final boolean present = machine.lines("proc/swaps").size() > 1;
        final long swappiness = machine.number("proc/sys/vm/swappiness");
        if (!present) {
            return Finding.ok("swap", "none");
        }
        final String text = "on, swappiness " + swappiness;
        return swappiness > 10
            ? Finding.warn("swap", text + ": sessions may be paged out for the journal's cache", "sudo sysctl vm.swappiness=1")
            : Finding.ok("swap", text);
    }

    private Finding maps() {
        final long maps = machine.number("proc/sys/vm/max_map_count");
        return maps >= 0 && maps < MAPS_WANTED ? Finding.warn("mappings", "at most " + maps, "sudo sysctl vm.max_map_count=262144")
            : Finding.ok("mappings", maps < 0 ? "not told" : "at most " + maps);
    }

    /** Each stream of an application is one. The JVM has raised its soft limit to the hard one already. */
    private static Finding openFiles(final String most) {
        if ("unlimited".equals(most) || Long.parseLong(most) >= SUBSCRIBERS + FILES_OF_ITS_OWN) {
            return Finding.ok("open files", "at most " + most);
        }
        return Finding.warn("open files", "at most " + most + ": for " + Math.max(0, Long.parseLong(most) - FILES_OF_ITS_OWN)
            + " subscribers, " + SUBSCRIBERS + " are planned with", "ulimit -n 65536, or LimitNOFILE=65536 in the service's unit");
    }

    private List<Finding> limits() {
        final List<Finding> findings = new ArrayList<>();
        for (final String line : machine.lines("proc/self/limits")) {
            final Matcher limit = LIMIT.matcher(line);
            if (!limit.matches()) {
                continue;
            }
            final String soft = limit.group(2);
            switch (limit.group(1)) {
                case "Max open files" -> findings.add(openFiles(soft));
                case "Max address space" -> findings.add("unlimited".equals(soft) ? Finding.ok("address space", soft)
                    : Finding.warn("address space", "at most " + soft + ": the journal's files are mapped", "ulimit -v unlimited"));
                case "Max file size" -> findings.add("unlimited".equals(soft) ? Finding.ok("file size", soft)
                    : Finding.warn("file size", "at most " + soft + ": a journal file grows for a day", "ulimit -f unlimited"));
                case "Max locked memory" -> findings.add(Finding.ok("locked memory", "at most " + soft + " (none is locked)"));
                default -> {
                }
            }
        }
        return findings;
    }
}

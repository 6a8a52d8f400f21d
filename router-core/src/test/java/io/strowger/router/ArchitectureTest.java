package io.strowger.router;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.junit.jupiter.api.Test;

/**
 * Who may know whom, and what the hot path may never touch.
 */
class ArchitectureTest {
    private static final String[] HOT = {"io.strowger.router.pipeline", "io.strowger.router.core", "io.strowger.router.state",
        "io.strowger.router.record", "io.strowger.router.dispatch", "io.strowger.router.action", "io.strowger.router.replay",
        "io.strowger.router.status"};

    private static final JavaClasses CLASSES = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("io.strowger");

    @Test
    void shouldKeepLogsLocksStreamsAndFilesAwayFromTheHotPath() {
        noClasses().that().resideInAnyPackage(HOT).should().dependOnClassesThat().resideInAnyPackage("java.util.stream..",
            "java.util.logging..", "org.slf4j..", "java.util.concurrent.locks..", "java.io..", "java.nio.file..", "java.net..")
            .check(CLASSES);
    }

    @Test
    void shouldKeepClocksAndFormatsAwayFromTheHotPath() {
        noClasses().that().resideInAnyPackage(HOT).should().callMethod(System.class, "nanoTime")
            .orShould().callMethod(System.class, "currentTimeMillis")
            .orShould().callMethod(String.class, "format", String.class, Object[].class)
            .orShould().callMethod(Thread.class, "sleep", long.class)
            .orShould().dependOnClassesThat().haveFullyQualifiedName("java.time.Clock")
            .orShould().dependOnClassesThat().haveFullyQualifiedName("java.time.Instant").check(CLASSES);
    }

    @Test
    void shouldReadEachClockInOneClassOnlyButForRefusedSignals() {
        noClasses().that().resideInAnyPackage(HOT).and().doNotHaveSimpleName("JournalClock").and().doNotHaveSimpleName("RejectRecord")
            .and().doNotHaveSimpleName("ActionClient").and().doNotHaveSimpleName("ActionPort").and().doNotHaveSimpleName("ActionOutlet")
            .and().doNotHaveSimpleName("RouterClock").should().callMethod(EpochNanoClock.class, "nanoTime").check(CLASSES);
        noClasses().that().resideInAnyPackage(HOT).and().doNotHaveSimpleName("DutyCycle").and().doNotHaveSimpleName("RejectRecords")
            .should().callMethod(NanoClock.class, "nanoTime").check(CLASSES);
    }

    @Test
    void shouldKnowTheRingInTwoClassesOnly() {
        noClasses().that().doNotHaveFullyQualifiedName("io.strowger.router.pipeline.PipelineAssembler")
            .and().doNotHaveFullyQualifiedName("io.strowger.router.pipeline.PipelineAssembler$SlotBridge")
            .and().doNotHaveFullyQualifiedName("io.strowger.router.pipeline.IngressPublisher")
            .should().dependOnClassesThat().resideInAPackage("com.lmax.disruptor..").check(CLASSES);
    }

    @Test
    void shouldKnowNeitherDiskNorNetworkInTheRouter() {
        noClasses().that().resideInAPackage("io.strowger.router..").should().dependOnClassesThat(
            resideInAnyPackage("net.openhft..", "io.vertx..", "java.net..", "java.nio.channels..", "java.nio.file..")).check(CLASSES);
    }

    @Test
    void shouldKnowNothingOfTheRouterInTheCodecs() {
        noClasses().that().resideInAPackage("io.strowger.codecs..").should().dependOnClassesThat()
            .resideInAPackage("io.strowger.router..").check(CLASSES);
    }

    @Test
    void shouldHaveNoCycleAmongThePackagesOfTheRouter() {
        slices().matching("io.strowger.router.(*)..").should().beFreeOfCycles().check(CLASSES);
        noClasses().that().resideInAPackage("io.strowger.router.*").should().dependOnClassesThat()
            .resideInAPackage("io.strowger.router").check(CLASSES);
    }
}

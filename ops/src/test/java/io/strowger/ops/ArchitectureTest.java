package io.strowger.ops;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.strowger.ops.worker.Worker;
import org.junit.jupiter.api.Test;

/** Who may know whom, over all modules below this one. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.strowger");

    @Test
    void shouldPointOneWayWhenModulesDepend() {
        noClasses().that().resideInAPackage("io.strowger.codecs..")
            .should().dependOnClassesThat().resideInAnyPackage("io.strowger.router..", "io.strowger.persistence..", "io.strowger.ops..")
            .check(CLASSES);
        noClasses().that().resideInAPackage("io.strowger.router..")
            .should().dependOnClassesThat().resideInAnyPackage("io.strowger.persistence..", "io.strowger.ops..", "net.openhft..")
            .check(CLASSES);
        noClasses().that().resideInAPackage("io.strowger.persistence..")
            .should().dependOnClassesThat().resideInAnyPackage("io.strowger.ops..", "picocli..")
            .check(CLASSES);
    }

    @Test
    void shouldKeepChronicleBehindPersistenceWhenOpsUsesJournal() {
        noClasses().that().resideInAPackage("io.strowger.ops..").should().dependOnClassesThat().resideInAPackage("net.openhft..")
            .check(CLASSES);
    }

    @Test
    void shouldStartAndEndProcessInMainOnlyWhenRun() {
        methods().that().haveName("main").and().areStatic().and().areDeclaredInClassesThat().resideInAPackage("io.strowger..")
            .should().beDeclaredIn(Main.class).check(CLASSES);
        noClasses().that().doNotHaveFullyQualifiedName(Main.class.getName())
            .should().callMethod(System.class, "exit", int.class)
            .orShould().callMethod(Runtime.class, "halt", int.class)
            .orShould().callMethod(Runtime.class, "exit", int.class)
            .check(CLASSES);
    }

    @Test
    void shouldKnowNoCommandLineWhenClassIsJob() {
        noClasses().that().resideInAnyPackage("io.strowger.ops.ingest..", "io.strowger.ops.view..", "io.strowger.ops.doctor..",
            "io.strowger.ops.node..", "io.strowger.ops.demo..")
            .should().dependOnClassesThat().resideInAnyPackage("io.strowger.ops.cli..", "picocli..")
            .check(CLASSES);
    }

    @Test
    void shouldCallWorkersInOnePlaceWhenTheyMayBeFasterThanTheirCaller() {
        noClasses().that().doNotHaveFullyQualifiedName(Worker.class.getName())
            .should().callMethodWhere(target(name("executeBlocking"))).check(CLASSES);
    }
}

package io.promptaudit.server;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Clock;
import java.util.Calendar;
import java.util.Date;
import java.util.HashSet;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

/** The house rules that a compiler does not know. A rule that finds nothing to check fails, too. */
class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.promptaudit");

    @Test
    void sidesMeetOnlyInTheApiAndNobodySeesTheServer() {
        layeredArchitecture().consideringOnlyDependenciesInLayers()
                .layer("api").definedBy("io.promptaudit.api..")
                .layer("command-side").definedBy("io.promptaudit.command..")
                .layer("query-side").definedBy("io.promptaudit.query..")
                .layer("ledger").definedBy("io.promptaudit.ledger..")
                .layer("verify").definedBy("io.promptaudit.verify..")
                .layer("server").definedBy("io.promptaudit.server..")
                .whereLayer("api").mayNotAccessAnyLayer()
                .whereLayer("ledger").mayNotAccessAnyLayer()
                .whereLayer("verify").mayOnlyAccessLayers("ledger")
                .whereLayer("verify").mayNotBeAccessedByAnyLayer()
                .whereLayer("command-side").mayOnlyAccessLayers("api")
                .whereLayer("query-side").mayOnlyAccessLayers("api")
                .whereLayer("server").mayNotBeAccessedByAnyLayer()
                .check(OURS);
    }

    @Test
    void everyClassBelongsToAModule() {
        classes().should().resideInAnyPackage("io.promptaudit.api..", "io.promptaudit.command..", "io.promptaudit.query..",
                "io.promptaudit.ledger..", "io.promptaudit.verify..", "io.promptaudit.server..").check(OURS);
    }

    @Test
    void theApiNeedsAnnotationsOnly() {
        noClasses().that().resideInAPackage("io.promptaudit.api..").should().dependOnClassesThat(
                resideInAnyPackage("org.springframework..", "tools.jackson..", "jakarta..", "org.slf4j..")
                        .or(resideInAPackage("org.axonframework..").and(notAnAnnotation())))
                .check(OURS);
    }

    @Test
    void theLedgerNeedsTheJdkOnly() {
        classes().that().resideInAPackage("io.promptaudit.ledger..").should().onlyDependOnClassesThat(
                resideInAnyPackage("java..", "javax.crypto..", "io.promptaudit.ledger..")
                        .or(resideInAPackage("org.jspecify..").and(anAnnotation())))
                .check(OURS);
    }

    private static DescribedPredicate<JavaClass> anAnnotation() {
        return DescribedPredicate.describe("are annotations", JavaClass::isAnnotation);
    }

    private static DescribedPredicate<JavaClass> notAnAnnotation() {
        return DescribedPredicate.describe("are no annotations", type -> !type.isAnnotation());
    }

    @Test
    void packagesAreNamedAfterTheBusiness() {
        noClasses().should().resideInAnyPackage("..dto..", "..service..", "..services..", "..impl..", "..util..", "..utils..",
                "..common..", "..model..").check(OURS);
    }

    @Test
    void everyPackageSaysWhatItIsForAndIsNullMarked() {
        var packages = new HashSet<JavaPackage>();
        OURS.forEach(type -> packages.add(type.getPackage()));
        assertThat(packages).isNotEmpty()
                .allSatisfy(one -> assertThat(one.isAnnotatedWith(NullMarked.class)).as(one.getName()).isTrue());
    }

    @Test
    void nothingIsInjectedIntoFields() {
        noFields().should().beAnnotatedWith(Autowired.class).check(OURS);
    }

    @Test
    void onlyTheSequenceAsksTheHostForTheTime() {
        noClasses().that().resideOutsideOfPackage("io.promptaudit.server.sequence..").should()
                .callMethodWhere(DescribedPredicate.describe("asks the host for the time", ArchitectureTest::asksForTheTime))
                .check(OURS);
    }

    private static boolean asksForTheTime(JavaMethodCall call) {
        String owner = call.getTargetOwner().getName();
        String method = call.getName();
        boolean now = owner.startsWith("java.time.") && method.equals("now");
        boolean clock = owner.equals(Clock.class.getName()) && (method.startsWith("system") || method.startsWith("tick"));
        return now || clock || (owner.equals("java.lang.System") && method.equals("currentTimeMillis"));
    }

    @Test
    void nobodyUsesTheOldDates() {
        noClasses().should().dependOnClassesThat().belongToAnyOf(Date.class, Calendar.class).check(OURS);
    }

    @Test
    void commandsGoThroughTheRecorderOnly() {
        noClasses().that().resideOutsideOfPackages("io.promptaudit.command.trail..", "io.promptaudit.server..").should()
                .dependOnClassesThat().areAssignableTo(CommandGateway.class).orShould().dependOnClassesThat()
                .areAssignableTo(CommandBus.class).check(OURS);
    }

    @Test
    void everyProcessingGroupIsAConstant() {
        classes().that(handleEvents()).should().beAnnotatedWith(ProcessingGroup.class).andShould(nameTheirGroupInAConstant())
                .check(OURS);
    }

    private static DescribedPredicate<JavaClass> handleEvents() {
        return DescribedPredicate.describe("handle events",
                type -> type.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(EventHandler.class)));
    }

    /** The group's name names its token: it must not follow a renamed class, nor be typed twice. */
    private static ArchCondition<JavaClass> nameTheirGroupInAConstant() {
        return new ArchCondition<>("name their group in a constant") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String group = type.getAnnotationOfType(ProcessingGroup.class).value();
                boolean constant = type.getFields().stream().map(field -> field.reflect())
                        .anyMatch(field -> isConstant(field, group));
                events.add(new SimpleConditionEvent(type, constant,
                        "%s has %s constant with the value %s".formatted(type.getName(), constant ? "a" : "no", group)));
            }
        };
    }

    private static boolean isConstant(Field field, String value) {
        if (!Modifier.isStatic(field.getModifiers()) || !Modifier.isFinal(field.getModifiers())) {
            return false;
        }
        try {
            field.setAccessible(true);
            return value.equals(field.get(null));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void eventClassesAreNotWhatSubscribersGet() {
        classes().that().resideInAPackage("io.promptaudit.query.feed..").and().arePublic().and().areRecords()
                .should(new ArchCondition<>("hold no event classes") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        type.getFields().forEach(field -> field.getType().getAllInvolvedRawTypes().forEach(held -> events.add(
                                new SimpleConditionEvent(field, !held.getPackageName().startsWith("io.promptaudit.api.event"),
                                        field.getFullName() + " holds " + held.getName()))));
                    }
                }).check(OURS);
    }
}

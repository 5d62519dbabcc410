package io.openrun.standalone;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.springframework.context.annotation.Conditional;

/** The boundaries of the design, as rules over every class the shop is made of. */
@AnalyzeClasses(
        packages = "io.openrun",
        importOptions = {ImportOption.DoNotIncludeTests.class, BoundariesTest.WrittenByUs.class})
class BoundariesTest {

    /** Leaves out the code that the build generates to prepare the context. */
    static final class WrittenByUs implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("__");
        }
    }

    private static final String[] SERVICES = {
        "io.openrun.user..", "io.openrun.catalog..", "io.openrun.drop..", "io.openrun.order..", "io.openrun.payment.."
    };

    private static final String REQUEST_BODY = "org.springframework.web.bind.annotation.RequestBody";

    /** Controllers that only administrators and other services may call. A new one counts as a shopper's. */
    private static final Set<String> SENT_BY_OTHERS = Set.of(
            "io.openrun.catalog.product.ProductController",
            "io.openrun.catalog.adjustment.StockController",
            "io.openrun.catalog.move.StockMoveController",
            "io.openrun.drop.schedule.DropController",
            "io.openrun.payment.card.CardNetworkController",
            "io.openrun.user.demo.DemoShoppersController");

    @ArchTest
    static final ArchRule noServiceImportsAnother = slices().matching("io.openrun.(user|catalog|drop|order|payment)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule nothingSharedKnowsAService = noClasses()
            .that()
            .resideInAnyPackage("io.openrun.contracts..", "io.openrun.platform..", "io.openrun.stock..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SERVICES);

    @ArchTest
    static final ArchRule theEngineKnowsNoSpringAndNoWeb = noClasses()
            .that()
            .resideInAPackage("io.openrun.stock..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.springframework..", "jakarta.servlet..", "reactor..")
                    .or(resideInAPackage("io.openrun..")
                            .and(DescribedPredicate.not(resideInAPackage("io.openrun.stock..")))));

    @ArchTest
    static final ArchRule contractsDependOnNothingOfOurs = classes()
            .that()
            .resideInAPackage("io.openrun.contracts..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.openrun.contracts..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule nothingIsInjectedIntoFields = noFields()
            .should()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
            .orShould()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
            .orShould()
            .beAnnotatedWith("jakarta.inject.Inject")
            .orShould()
            .beAnnotatedWith("jakarta.annotation.Resource")
            .orShould()
            .beAnnotatedWith("jakarta.persistence.PersistenceContext");

    @ArchTest
    static void shoppersSendNoPriceNoIdentityAndNoStatus(JavaClasses classes) {
        var sent = requestsOfShoppers(classes)
                .flatMap(request -> request.getFields().stream())
                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                .toList();

        assertThat(sent).isNotEmpty();
        assertThat(sent).extracting(JavaField::getName).doesNotContain("price", "userId", "status", "total", "role");
        assertThat(sent)
                .filteredOn(field -> field.getName().equals("amount"))
                .extracting(field -> field.getOwner().getSimpleName())
                .as("points are charged by an amount of the shopper's choice, and nothing else is")
                .containsOnly("ChargeRequest");
    }

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses classes) {
        var unmarked = classes.stream()
                .map(JavaClass::getPackage)
                .filter(javaPackage -> !javaPackage.isAnnotatedWith(NullMarked.class))
                .map(javaPackage -> javaPackage.getName())
                .collect(Collectors.toSet());

        assertThat(unmarked).isEmpty();
    }

    /** The build decides conditions for the demonstration shop: any other setting would be frozen as it was then. */
    @ArchTest
    static void beansExistOnNoOtherConditionThanTheBuildKnows(JavaClasses classes) {
        var conditions = classes.stream()
                .flatMap(type -> Stream.concat(
                        type.getAnnotations().stream(),
                        type.getMethods().stream().flatMap(method -> method.getAnnotations().stream())))
                .filter(annotation -> annotation.getRawType().isEquivalentTo(Conditional.class)
                        || annotation.getRawType().isMetaAnnotatedWith(Conditional.class))
                .toList();

        assertThat(conditions).isNotEmpty();
        assertThat(conditions)
                .flatExtracting(condition -> Stream.of("name", "value")
                        .flatMap(key -> condition.get(key).stream())
                        .flatMap(names -> names instanceof String[] several ? Stream.of(several) : Stream.of(names))
                        .toList())
                .as("docs/adr/0008")
                .containsOnly("openrun.demo", "openrun.security.revocation-feed");
    }

    /** Every type of ours that a controller reads from a body, unless only an administrator or a service sends it. */
    private static Stream<JavaClass> requestsOfShoppers(JavaClasses classes) {
        return classes.stream()
                .filter(type -> !SENT_BY_OTHERS.contains(type.getName()))
                .flatMap(type -> type.getMethods().stream())
                .flatMap(method -> method.getParameters().stream())
                .filter(parameter -> parameter.isAnnotatedWith(REQUEST_BODY))
                .map(JavaParameter::getRawType)
                .filter(type -> type.getPackageName().startsWith("io.openrun"));
    }
}

package io.hodei.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of the features, and the walls inside them. */
class FeatureOrderTest {
  /**
   * From the lowest to the highest; features of one line do not know each other, except where it is
   * said.
   */
  private static final List<List<String>> ORDER =
      List.of(
          List.of("platform"),
          List.of("json"),
          List.of("expressions"),
          List.of("cluster"),
          List.of("security"),
          List.of("events"),
          List.of("cache"),
          List.of("agents", "profiles"),
          List.of("jobs"),
          List.of("logs"),
          List.of("usage"),
          List.of("dispatch"),
          List.of("external"),
          List.of("parameters"),
          List.of("templates"),
          List.of("pipelines"),
          List.of("runs"),
          List.of("schedules"),
          List.of("health", "metrics", "overview"));

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.hodei");

  @Test
  void an_arrow_never_points_up() {
    for (int line = 0; line < ORDER.size(); line++) {
      String[] higher =
          ORDER.subList(line + 1, ORDER.size()).stream()
              .flatMap(List::stream)
              .map(feature -> "io.hodei." + feature + "..")
              .toArray(String[]::new);
      if (higher.length > 0) {
        for (String feature : ORDER.get(line)) {
          noClasses()
              .that()
              .resideInAPackage("io.hodei." + feature + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(higher)
              .check(PRODUCT);
        }
      }
    }
  }

  @Test
  void every_feature_has_its_place_in_the_order() {
    String[] known =
        ORDER.stream()
            .flatMap(List::stream)
            .map(feature -> "io.hodei." + feature + "..")
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage("io.hodei..")
        .and()
        .resideOutsideOfPackages("io.hodei.db..", "io.hodei.protocol..")
        .should()
        .resideInAnyPackage(known)
        .check(PRODUCT);
  }

  @Test
  void features_form_no_cycle() {
    slices().matching("io.hodei.(*)..").should().beFreeOfCycles().check(PRODUCT);
  }

  @Test
  void control_is_private_to_its_feature() {
    for (String feature : ORDER.stream().flatMap(List::stream).toList()) {
      noClasses()
          .that()
          .resideOutsideOfPackage("io.hodei." + feature + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.hodei." + feature + ".control..")
          .check(PRODUCT);
    }
  }

  @Test
  void entities_know_no_room_above() {
    noClasses()
        .that()
        .resideInAPackage("io.hodei..entity..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.hodei..control..", "io.hodei..boundary..")
        .check(PRODUCT);
  }

  @Test
  void only_the_platform_has_injected_fields() {
    noFields()
        .that()
        .areDeclaredInClassesThat()
        .resideOutsideOfPackage("io.hodei.platform..")
        .should()
        .beAnnotatedWith(Inject.class)
        .check(PRODUCT);
  }

  @Test
  void session_beans_are_no_controls() {
    noClasses()
        .that()
        .areAnnotatedWith(Stateless.class)
        .should()
        .resideInAPackage("..control..")
        .check(PRODUCT);
  }

  @Test
  void no_text_of_a_user_is_ever_evaluated() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.script..", "jakarta.el..")
        .check(PRODUCT);
  }
}

package io.hodei.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What nobody can forget: a permission on each method, and a look at each change of them. */
class PermissionsTest {
  @Test
  void every_resource_method_declares_a_permission() {
    assertThat(Routes.all()).hasSizeGreaterThan(20);
    assertThat(Routes.all())
        .filteredOn(
            route ->
                !route.method().isAnnotationPresent(Requires.class)
                    && !route.method().isAnnotationPresent(Open.class))
        .as("resource methods without @Requires")
        .isEmpty();
  }

  @Test
  void the_matrix_of_permissions_is_the_one_that_was_agreed() throws IOException {
    List<String> actual =
        Routes.all().stream().map(route -> route + " " + needs(route)).distinct().sorted().toList();
    try (var file =
        Objects.requireNonNull(PermissionsTest.class.getResourceAsStream("/permissions.txt"))) {
      List<String> agreed =
          new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().sorted().toList();
      assertThat(actual)
          .as(
              "after a change on purpose, put this into permissions.txt:\n"
                  + String.join("\n", actual))
          .containsExactlyElementsOf(agreed);
    }
  }

  private static String needs(Routes.Route route) {
    return route.method().isAnnotationPresent(Open.class)
        ? "open to everybody"
        : route.method().getAnnotation(Requires.class).value().name();
  }
}

package io.hodei.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.web.access.Routes;
import io.hodei.web.http.QueryFilter;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The description of the API and the API are the same. */
class OpenApiTest {
  private static final Set<String> VERBS = Set.of("get", "post", "put", "patch", "delete");
  private final Map<String, Object> document = load("/openapi.yaml");

  @Test
  void every_resource_method_is_described_and_nothing_else() {
    Set<String> described = new TreeSet<>();
    paths()
        .forEach(
            (path, item) ->
                map(item).keySet().stream()
                    .filter(VERBS::contains)
                    .forEach(
                        verb ->
                            described.add(verb.toUpperCase(java.util.Locale.ROOT) + " " + path)));
    Set<String> served =
        Routes.all().stream()
            .map(Routes.Route::toString)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(described).containsExactlyElementsOf(served);
  }

  /** After a change: {@code json.dump(yaml.safe_load(…), …)} or any other converter. */
  @Test
  void both_forms_say_the_same() {
    assertThat(load("/openapi.json")).isEqualTo(document);
  }

  @Test
  void every_query_parameter_that_is_taken_is_described_and_nothing_else() {
    Map<String, Set<String>> taken = new TreeMap<>();
    Map<String, Set<String>> described = new TreeMap<>();
    for (Routes.Route route : Routes.all()) {
      taken
          .computeIfAbsent(route.toString(), key -> new TreeSet<>())
          .addAll(QueryFilter.taken(route.method()).keySet());
      described.put(route.toString(), new TreeSet<>(queryParameters(route)));
    }
    assertThat(described).isEqualTo(taken);
  }

  @Test
  void every_reference_leads_somewhere() {
    List<String> references = new ArrayList<>();
    collect(document, references);
    assertThat(references).isNotEmpty();
    for (String reference : references) {
      assertThat(resolve(reference)).as(reference).isNotNull();
    }
  }

  @Test
  void every_operation_says_what_can_go_wrong_and_has_a_name_of_its_own() {
    Map<Object, String> names = new HashMap<>();
    for (Routes.Route route : Routes.all()) {
      Map<String, Object> operation = operation(route);
      assertThat(names.put(operation.get("operationId"), route.toString()))
          .isIn(null, route.toString());
      assertThat(operation.get("summary")).as(route.toString()).isNotNull();
      assertThat(map(operation.get("responses")).keySet())
          .as(route.toString())
          .contains("401", "403", "default")
          .anyMatch(status -> status.startsWith("2"));
    }
  }

  private List<String> queryParameters(Routes.Route route) {
    List<String> names = new ArrayList<>();
    for (Map<String, Object> owner : List.of(map(paths().get(route.path())), operation(route))) {
      if (owner.get("parameters") instanceof List<?> parameters) {
        for (Object parameter : parameters) {
          Map<String, Object> resolved =
              map(parameter).containsKey("$ref")
                  ? map(resolve(String.valueOf(map(parameter).get("$ref"))))
                  : map(parameter);
          if ("query".equals(resolved.get("in"))) {
            names.add((String) resolved.get("name"));
          }
        }
      }
    }
    return names;
  }

  private Map<String, Object> operation(Routes.Route route) {
    return map(map(paths().get(route.path())).get(route.verb().toLowerCase(java.util.Locale.ROOT)));
  }

  private Map<String, Object> paths() {
    return map(document.get("paths"));
  }

  private @Nullable Object resolve(String reference) {
    @Nullable Object at = document;
    for (String part : reference.substring(2).split("/")) {
      at = map(at).get(part.replace("~1", "/").replace("~0", "~"));
    }
    return at;
  }

  private static void collect(Object node, List<String> references) {
    if (node instanceof Map<?, ?> members) {
      members.forEach(
          (key, value) -> {
            if (key.equals("$ref")) {
              references.add((String) value);
            }
            collect(value, references);
          });
    } else if (node instanceof List<?> items) {
      items.forEach(item -> collect(item, references));
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(@Nullable Object node) {
    return (Map<String, Object>) Objects.requireNonNull(node);
  }

  private static Map<String, Object> load(String resource) {
    try (InputStream file =
        Objects.requireNonNull(OpenApiTest.class.getResourceAsStream(resource))) {
      return map(new Load(LoadSettings.builder().build()).loadFromInputStream(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

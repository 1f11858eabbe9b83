package io.hodei.web.http;

import io.hodei.json.FieldErrors;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Refuses query parameters that a resource method does not take. */
@Provider
@Priority(Priorities.USER)
@Dependent
public class QueryFilter implements ContainerRequestFilter {
  private static final int LONGEST_VALUE = 1024;
  private static final int MOST_VALUES = 100;
  private static final Map<Method, Map<String, Boolean>> TAKEN = new ConcurrentHashMap<>();

  @Context
  @SuppressWarnings("NullAway.Init")
  private ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext context) {
    MultivaluedMap<String, String> query = context.getUriInfo().getQueryParameters();
    Method method = resource.getResourceMethod();
    if (query.isEmpty() || method == null) {
      return;
    }
    Map<String, Boolean> taken = TAKEN.computeIfAbsent(method, QueryFilter::taken);
    FieldErrors errors = new FieldErrors();
    query.forEach((name, values) -> check(name, values, taken, errors));
    errors.refuse();
  }

  private static void check(
      String name, List<String> values, Map<String, Boolean> taken, FieldErrors errors) {
    String pointer = "?" + (name.length() > 64 ? name.substring(0, 64) + "…" : name);
    Boolean repeatable = taken.get(name);
    if (repeatable == null) {
      errors.add(
          pointer,
          taken.isEmpty()
              ? "is not known here; this takes no query parameters"
              : "is not known here; known are " + taken.keySet().stream().sorted().toList());
    } else if (values.size() > 1 && !repeatable) {
      errors.add(pointer, "is given more than once");
    } else if (values.size() > MOST_VALUES) {
      errors.add(pointer, "is given more than " + MOST_VALUES + " times");
    } else if (values.stream().anyMatch(value -> value.length() > LONGEST_VALUE)) {
      errors.add(pointer, "is longer than " + LONGEST_VALUE + " characters");
    } else if (values.stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
      errors.add(pointer, "contains the character U+0000");
    }
  }

  /** The names that a method takes, each with whether it may be repeated. */
  public static Map<String, Boolean> taken(Method method) {
    Map<String, Boolean> names = new HashMap<>();
    for (Parameter parameter : method.getParameters()) {
      QueryParam declared = parameter.getAnnotation(QueryParam.class);
      if (declared != null) {
        names.put(declared.value(), Collection.class.isAssignableFrom(parameter.getType()));
      }
    }
    Takes takes = method.getAnnotation(Takes.class);
    if (takes != null) {
      List.of(takes.value()).forEach(name -> names.put(name, false));
      List.of(takes.many()).forEach(name -> names.put(name, true));
      if (takes.jobFilter()) {
        List.of("state", "label").forEach(name -> names.put(name, true));
        List.of("name", "pool", "run", "from", "to", "executionName")
            .forEach(name -> names.put(name, false));
      }
    }
    return Map.copyOf(names);
  }
}

package io.hodei.external.control;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hodei.json.Json;
import io.hodei.json.JsonReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of the Cloud Run Admin API v2 that is used here, as published: methods, paths, members
 * and their types. What the contract does not have is answered 400 and noted.
 */
final class FakeCloudRun implements AutoCloseable {
  static final String TOKEN = "token-of-the-test";
  private static final Pattern RUN =
      Pattern.compile("/v2/(projects/[^/]+/locations/[^/]+/jobs/[^/:]+):run");
  private static final Pattern CANCEL =
      Pattern.compile("/v2/(projects/[^/]+/locations/[^/]+/jobs/[^/]+/executions/[^/:]+):cancel");
  private static final Pattern EXECUTION =
      Pattern.compile("/v2/(projects/[^/]+/locations/[^/]+/jobs/[^/]+/executions/[^/:]+)");
  private static final Pattern EXECUTIONS =
      Pattern.compile("/v2/(projects/[^/]+/locations/[^/]+/jobs/[^/]+)/executions");

  /** An execution as the service has it. */
  static final class Execution {
    final String name;
    final Json.Arr env;
    volatile String state = "CONDITION_RECONCILING";
    volatile String message = "";
    volatile boolean cancelled;

    Execution(String name, Json.Arr env) {
      this.name = name;
      this.env = env;
    }
  }

  final List<String> violations = new ArrayList<>();
  final List<String> requests = new ArrayList<>();
  final Map<String, Execution> executions = new LinkedHashMap<>();

  /** Statuses to answer instead, one per request. */
  final List<Integer> next = new ArrayList<>();

  /** Whether it executes, but its answer to run is lost. */
  boolean losesAnswers;

  private final HttpServer server;

  FakeCloudRun() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.createContext("/", this::serve);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String method = exchange.getRequestMethod();
      byte[] body = exchange.getRequestBody().readAllBytes();
      requests.add(method + " " + exchange.getRequestURI());
      if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        answer(exchange, 401, error(401, "no valid credentials"));
        return;
      }
      if (!next.isEmpty()) {
        int status = next.removeFirst();
        if (status == 429) {
          exchange.getResponseHeaders().set("Retry-After", "7");
        }
        answer(exchange, status, error(status, "as the test wants"));
        return;
      }
      answer(exchange, method, path, exchange.getRequestURI().getRawQuery(), body);
    }
  }

  private void answer(HttpExchange exchange, String method, String path, String query, byte[] body)
      throws IOException {
    Matcher run = RUN.matcher(path);
    Matcher cancel = CANCEL.matcher(path);
    Matcher one = EXECUTION.matcher(path);
    Matcher all = EXECUTIONS.matcher(path);
    if (method.equals("POST") && run.matches()) {
      run(exchange, run.group(1), read(exchange, body));
    } else if (method.equals("POST") && cancel.matches()) {
      only(read(exchange, body), "CancelExecutionRequest", Set.of("validateOnly", "etag"));
      Execution execution = executions.get(cancel.group(1));
      if (execution == null) {
        answer(exchange, 404, error(404, "not found"));
        return;
      }
      execution.cancelled = true;
      execution.state = "CONDITION_FAILED";
      execution.message = "The execution was cancelled";
      answer(exchange, 200, operation(execution));
    } else if (method.equals("GET") && one.matches() && query == null) {
      Execution execution = executions.get(one.group(1));
      answer(
          exchange,
          execution == null ? 404 : 200,
          execution == null ? error(404, "not found") : json(execution));
    } else if (method.equals("GET") && all.matches()) {
      list(exchange, all.group(1), query);
    } else {
      violation("no such method: " + method + " " + path);
      answer(exchange, 404, error(404, "no such method"));
    }
  }

  /** The execution of this name, which must be there. */
  Execution execution(String name) {
    return Objects.requireNonNull(executions.get(name), name);
  }

  private static Json.Arr array(Json.Obj object, String member) {
    return (Json.Arr) Objects.requireNonNull(object.members().get(member), member);
  }

  private void run(HttpExchange exchange, String job, Json.Obj request) throws IOException {
    Json.Obj overrides = object(request, "overrides");
    only(request, "RunJobRequest", Set.of("validateOnly", "etag", "overrides"));
    only(overrides, "Overrides", Set.of("containerOverrides", "taskCount", "timeout"));
    @Nullable Json tasks = overrides.members().get("taskCount");
    if (tasks != null && !(tasks instanceof Json.Num)) {
      violation("taskCount is no number");
    }
    @Nullable Json timeout = overrides.members().get("timeout");
    if (timeout != null
        && !(timeout instanceof Json.Text text && text.value().matches("\\d+(\\.\\d+)?s"))) {
      violation("timeout is no duration of protobuf");
    }
    Json.Arr containers = array(overrides, "containerOverrides");
    Json.Obj container = (Json.Obj) containers.items().getFirst();
    only(container, "ContainerOverride", Set.of("name", "args", "env", "clearArgs"));
    Json.Arr env = array(container, "env");
    for (Json variable : env.items()) {
      only((Json.Obj) variable, "EnvVar", Set.of("name", "value", "valueSource"));
    }
    Execution execution = new Execution(job + "/executions/e-" + (executions.size() + 1), env);
    executions.put(execution.name, execution);
    if (losesAnswers) {
      losesAnswers = false;
      return;
    }
    answer(exchange, 200, operation(execution));
  }

  private void list(HttpExchange exchange, String job, String query) throws IOException {
    for (String part : query == null ? new String[0] : query.split("&")) {
      if (!part.matches("(pageSize|pageToken|showDeleted)=.*")) {
        violation("no such parameter: " + part);
      }
    }
    StringBuilder items = new StringBuilder();
    for (Execution execution : executions.values()) {
      if (execution.name.startsWith(job + "/")) {
        items.append(items.isEmpty() ? "" : ",").append(json(execution));
      }
    }
    answer(exchange, 200, "{\"executions\":[" + items + "]}");
  }

  private Json.Obj read(HttpExchange exchange, byte[] body) {
    if (!"application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
      violation("the body is not said to be JSON");
    }
    return (Json.Obj) JsonReader.read(body);
  }

  private void only(Json.Obj object, String type, Set<String> known) {
    object.members().keySet().stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> violation(type + " has no member " + name));
  }

  private void violation(String what) {
    violations.add(what);
  }

  private static Json.Obj object(Json.Obj parent, String name) {
    return parent.members().get(name) instanceof Json.Obj object ? object : new Json.Obj(Map.of());
  }

  private static String operation(Execution execution) {
    return """
    {"name":"projects/p/locations/r/operations/1","metadata":{"@type":"type.googleapis.com/google.cloud.run.v2.Execution",%s},"done":false}
    """
        .formatted(json(execution).substring(1, json(execution).length() - 1));
  }

  private static String json(Execution execution) {
    String env = new io.hodei.json.JsonWriter().value(execution.env).toString();
    boolean over = !execution.state.equals("CONDITION_RECONCILING");
    return """
    {"name":"%s","uid":"u","generation":"1","logUri":"https://console.cloud.google.com/logs?x=1","template":{"containers":[{"image":"i","env":%s}],"maxRetries":3},
     "conditions":[{"type":"Started","state":"CONDITION_SUCCEEDED"},{"type":"Completed","state":"%s","message":"%s"}],"runningCount":%d,"succeededCount":%d,"failedCount":0,"cancelledCount":%d}\
    """
        .formatted(
            execution.name,
            env,
            execution.state,
            execution.message,
            over ? 0 : 1,
            execution.state.equals("CONDITION_SUCCEEDED") ? 1 : 0,
            execution.cancelled ? 1 : 0);
  }

  private static String error(int status, String message) {
    return "{\"error\":{\"code\":%d,\"message\":\"%s\",\"status\":\"X\"}}"
        .formatted(status, message);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}

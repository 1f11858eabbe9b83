package io.hodei.external.control;

import io.hodei.external.entity.ExternalTask;
import io.hodei.jobs.entity.CloudRunSpec;
import io.hodei.jobs.entity.HttpSpec;
import io.hodei.platform.HodeiSettings;
import io.hodei.platform.Settings;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Makes the executors of this node, once, with the clients that all their calls share. */
@Dependent
public class Executors {
  private final Settings settings;
  private final Secrets secrets;
  private final ManagedThreadFactory threads;

  @Inject
  public Executors(Settings settings, Secrets secrets, ManagedThreadFactory threads) {
    this.settings = settings;
    this.secrets = secrets;
    this.threads = threads;
  }

  /** The executors of a node; close them with it. */
  static final class Made implements AutoCloseable {
    private final HttpCalls calls;
    private final Executor http;
    private final Executor cloudRun;

    Made(HttpCalls calls, Executor http, Executor cloudRun) {
      this.calls = calls;
      this.http = http;
      this.cloudRun = cloudRun;
    }

    Executor of(ExternalTask task) {
      return switch (Objects.requireNonNull(task.spec().external())) {
        case HttpSpec http -> this.http;
        case CloudRunSpec cloudRun -> this.cloudRun;
      };
    }

    void tidy() {
      calls.tidy();
    }

    @Override
    public void close() {
      calls.close();
    }
  }

  Made make() {
    Duration patience = settings.value(HodeiSettings.EXTERNAL_PATIENCE);
    HttpCalls calls =
        new HttpCalls(
            new AddressGuard(ports(), list(settings.value(HodeiSettings.HTTP_ALLOW))), threads);
    HttpExecutor http =
        new HttpExecutor(
            calls,
            new Circuits(System::nanoTime),
            task -> name -> secrets.find(task.tenant(), name),
            patience);
    String url = settings.value(HodeiSettings.CLOUD_RUN_URL);
    CloudRun api =
        new CloudRun(
            calls, tokens(calls), url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    return new Made(
        calls,
        http,
        new CloudRunExecutor(
            api, new HashSet<>(list(settings.value(HodeiSettings.CLOUD_RUN_ALLOW))), patience));
  }

  private TokenProvider tokens(HttpCalls calls) {
    String file = settings.value(HodeiSettings.CLOUD_RUN_TOKEN_FILE);
    return file.isEmpty()
        ? new MetadataTokens(calls, MetadataTokens.SERVER, System::nanoTime)
        : new FileTokens(Path.of(file));
  }

  private Set<Integer> ports() {
    Set<Integer> ports = new HashSet<>();
    for (String port : list(settings.value(HodeiSettings.HTTP_PORTS))) {
      try {
        ports.add(Integer.parseInt(port));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "hodei.http.ports: %s is not the number of a port".formatted(port), e);
      }
    }
    return ports;
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }
}

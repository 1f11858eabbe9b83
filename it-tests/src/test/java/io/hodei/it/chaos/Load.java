package io.hodei.it.chaos;

import io.hodei.it.testing.Answer;
import io.hodei.it.testing.Api;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Submits the jobs of a script at a steady pace, asks again under the same key until a node
 * answers, and keeps its own log of what was acknowledged.
 */
final class Load implements AutoCloseable {
  private static final long AGAIN_MILLIS = 500;

  private final Script script;
  private final List<Api> nodes;
  private final int count;
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(8);
  private final Map<Integer, String> acknowledged = new ConcurrentHashMap<>();
  private final Map<String, Integer> cancelled = new ConcurrentHashMap<>();
  private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger extra = new AtomicInteger();
  private final AtomicInteger repeated = new AtomicInteger();

  Load(Script script, List<URI> urls, String token, int count) {
    this.script = script;
    this.nodes = urls.stream().map(url -> new Api(url, token)).toList();
    this.count = count;
  }

  void start(Duration pace) {
    var unused =
        threads.scheduleAtFixedRate(
            () -> {
              int number = next.getAndIncrement();
              if (number < count) {
                threads.execute(() -> submit(number, 0));
              }
            },
            0,
            pace.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /**
   * Submits so many jobs more at once; answers their numbers.
   *
   * @param range {@link Kind#HOLDS} or {@link Kind#RETRIES}
   */
  List<Integer> more(int range, int jobs) {
    int first = range + extra.getAndAdd(jobs);
    List<Integer> numbers = IntStream.range(first, first + jobs).boxed().toList();
    numbers.forEach(number -> threads.execute(() -> submit(number, 0)));
    return numbers;
  }

  /** How many jobs there are when all are acknowledged. */
  int count() {
    return count + extra.get();
  }

  /** Whether all that comes at a steady pace was submitted once. */
  boolean submitted() {
    return next.get() >= count;
  }

  /** Ids of the jobs that were acknowledged, by number. */
  Map<Integer, String> acknowledged() {
    return acknowledged;
  }

  /** Answers that no repetition can change: there must be none. */
  List<String> refusals() {
    return List.copyOf(refusals);
  }

  /** How often a request had to be sent again. */
  int repeated() {
    return repeated.get();
  }

  boolean done() {
    long cancels =
        acknowledged.keySet().stream().filter(number -> Kind.of(number) == Kind.CANCEL).count();
    return !refusals.isEmpty() || (acknowledged.size() == count() && cancelled.size() == cancels);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void submit(int number, int tries) {
    String body = script.job(number).toString();
    once(
        number,
        tries,
        api -> api.post("/jobs", body, Map.of("Idempotency-Key", script.name(number))),
        answer -> {
          String id = answer.json().getString("id");
          acknowledged.put(number, id);
          if (Kind.of(number) == Kind.CANCEL) {
            later(() -> cancel(id, number, 0), 1_500);
          }
        },
        () -> submit(number, tries + 1));
  }

  private void cancel(String id, int number, int tries) {
    once(
        number,
        tries,
        api -> api.post("/jobs/" + id + ":cancel", "{\"reason\":\"chaos\"}"),
        answer -> cancelled.put(id, number),
        () -> cancel(id, number, tries + 1));
  }

  private void once(
      int number,
      int tries,
      java.util.function.Function<Api, Answer> request,
      java.util.function.Consumer<Answer> accepted,
      Runnable again) {
    Api api = nodes.get((number + tries) % nodes.size());
    try {
      Answer answer = request.apply(api);
      if (answer.status() / 100 == 2) {
        accepted.accept(answer);
        return;
      }
      // A node that is starting answers 404 without being the product yet.
      boolean ours = answer.contentType().startsWith("application/problem+json");
      if (ours && answer.status() < 500 && answer.status() != 429) {
        refusals.add(answer.toString());
        return;
      }
      repeated.incrementAndGet();
    } catch (UncheckedIOException nobodyThere) {
      repeated.incrementAndGet();
    }
    later(again, AGAIN_MILLIS);
  }

  private void later(Runnable work, long millis) {
    var unused = threads.schedule(work, millis, TimeUnit.MILLISECONDS);
  }
}

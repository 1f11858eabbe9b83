package io.hodei.bench.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hodei.bench.BenchException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What jobs of the executor {@code http} call: {@code POST /now} is done with its answer, {@code
 * POST /later} begins something that {@code GET /state} tells about.
 */
public final class CalledService implements AutoCloseable {
  private final HttpServer server;
  private final Duration delay;
  private final Calls starts = new Calls();
  private final Calls looks = new Calls();
  private volatile boolean done;

  /** One kind of calls: how many, how many at a time, and when. */
  public static final class Calls {
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong first = new AtomicLong();
    private final AtomicLong last = new AtomicLong();

    public long count() {
      return count.get();
    }

    public int most() {
      return most.get();
    }

    /** From the first call to the answer to the last one. */
    public double seconds() {
      return (last.get() - first.get()) / 1e9;
    }

    public void reset() {
      most.set(0);
      count.set(0);
      first.set(0);
    }

    private void came() {
      first.compareAndSet(0, System.nanoTime());
      most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    }

    private void went() {
      last.set(System.nanoTime());
      count.incrementAndGet();
      inFlight.decrementAndGet();
    }
  }

  /**
   * Listens on a free port of this host.
   *
   * @param delay before each answer
   */
  public CalledService(Duration delay) {
    // Else head and body of an answer go in two packets, 40 ms apart.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    this.delay = delay;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
    } catch (IOException e) {
      throw new BenchException("No port to listen on: " + e.getMessage(), e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  public String url(String path) {
    return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
  }

  public Calls starts() {
    return starts;
  }

  public Calls looks() {
    return looks;
  }

  /** What was begun is done from now on, or goes on. */
  public void done(boolean isDone) {
    done = isDone;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    Calls calls = exchange.getRequestMethod().equals("GET") ? looks : starts;
    calls.came();
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      if (!delay.isZero()) {
        LockSupport.parkNanos(delay.toNanos());
      }
      byte[] body = "{\"done\":%b}".formatted(done).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } finally {
      calls.went();
    }
  }
}

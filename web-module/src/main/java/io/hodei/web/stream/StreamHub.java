package io.hodei.web.stream;

import io.hodei.platform.Causes;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.Loop;
import io.hodei.platform.NodeStarting;
import io.hodei.platform.NodeStopping;
import io.hodei.security.Caller;
import io.hodei.web.access.Credentials;
import io.hodei.web.access.Recognition;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All open streams of this node. Sends heartbeats, ends the streams of tokens and logins that are
 * not valid any more, at once when {@link Revocations} hears of it and else within five seconds,
 * and drops clients that take nothing for half a minute.
 */
@ApplicationScoped
public class StreamHub {
  /** Most streams of one tenant on one node. */
  static final int MOST_PER_TENANT = 500;

  private static final Logger LOG = System.getLogger(StreamHub.class.getName());
  private static final Duration ROUND = Duration.ofSeconds(1);
  private static final long HEARTBEAT_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long STALLED_NANOS = Duration.ofSeconds(30).toNanos();

  private final Recognition recognition;
  private final ManagedExecutorService executor;
  private final ManagedThreadFactory threads;
  private final Set<SseConnection> open = ConcurrentHashMap.newKeySet();
  private final Map<Long, Integer> perTenant = new ConcurrentHashMap<>();
  private @Nullable Loop loop;

  @Inject
  public StreamHub(
      Recognition recognition, ManagedExecutorService executor, ManagedThreadFactory threads) {
    this.recognition = recognition;
    this.executor = executor;
    this.threads = threads;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected StreamHub() {
    this(null, null, null);
  }

  void start(@Observes @Priority(NodeStarting.LAST) NodeStarting event) {
    loop = new Loop("streams", ROUND, threads, this::look);
  }

  void stop(@Observes @Priority(NodeStopping.DISPATCH) NodeStopping event) {
    if (loop != null) {
      loop.close();
    }
    open.forEach(SseConnection::close);
  }

  /** Looks at once whether all streams may go on. */
  void wake() {
    Loop running = loop;
    if (running != null) {
      running.wake();
    }
  }

  /** How many streams are open. */
  public int size() {
    return open.size();
  }

  /**
   * Turns a request, which the caller has made asynchronous, into a stream. Nothing is sent before
   * {@link SseConnection#open}.
   *
   * @throws DomainException TOO_MANY_REQUESTS
   */
  SseConnection connect(HttpServletRequest request, AsyncResponse async, Caller caller) {
    int streams = perTenant.merge(caller.tenantId(), 1, Integer::sum);
    if (streams > MOST_PER_TENANT) {
      release(caller);
      throw new DomainException(
          ErrorCode.TOO_MANY_REQUESTS,
          "This tenant has %d open streams on this node, which is the most it may have. Close some, or use another node."
              .formatted(MOST_PER_TENANT));
    }
    try {
      return connected(request, async, caller);
    } catch (IOException e) {
      release(caller);
      throw new UncheckedIOException(e);
    }
  }

  /** Calls back when the connection has ended, and forgets it. */
  void register(SseConnection connection, Runnable onEnd) {
    connection.whenItEnds(
        () -> {
          if (open.remove(connection)) {
            release(connection.caller);
            onEnd.run();
          }
        });
    open.add(connection);
  }

  private SseConnection connected(HttpServletRequest request, AsyncResponse async, Caller caller)
      throws IOException {
    AsyncContext context = request.getAsyncContext();
    context.setTimeout(0);
    HttpServletResponse response = (HttpServletResponse) context.getResponse();
    response.setStatus(200);
    response.setContentType("text/event-stream;charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    Credentials credentials =
        Credentials.recognised(request)
            .orElseThrow(() -> new IllegalStateException("A stream has no credentials"));
    // JAX-RS ends what it has suspended; the response is long committed, so nothing is written.
    Runnable completion = () -> async.resume(Response.ok().build());
    return new SseConnection(completion, response.getOutputStream(), executor, caller, credentials);
  }

  private void release(Caller caller) {
    perTenant.computeIfPresent(caller.tenantId(), (id, count) -> count > 1 ? count - 1 : null);
  }

  private void look() {
    Map<Credentials, Boolean> valid = new HashMap<>();
    for (SseConnection connection : open) {
      if (!valid.computeIfAbsent(connection.credentials, this::isValid)) {
        connection.close();
      }
      long idle = connection.nanosSinceProgress();
      if (connection.isWaitingForClient() && idle > STALLED_NANOS) {
        connection.abort();
      } else if (idle > HEARTBEAT_NANOS) {
        connection.send(SseFrame.HEARTBEAT);
      }
    }
  }

  private boolean isValid(Credentials credentials) {
    try {
      return recognition.verify(credentials).isPresent();
    } catch (RuntimeException e) {
      // Nobody can say now; asked again in a second.
      LOG.log(Level.DEBUG, "A stream's credentials could not be checked: {0}", Causes.sentence(e));
      return true;
    }
  }
}

package io.hodei.external.control;

import io.hodei.external.control.CallFailed.Kind;
import io.hodei.platform.Causes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls by HTTP/1.1. Not the JDK's client, because that resolves the host by itself: here the
 * address that was checked is the one that is called, and TLS still proves the host's name.
 * Redirects are answers like others. A call ends at its deadline whatever the other side does. Safe
 * for threads.
 */
final class HttpCalls implements AutoCloseable {
  /** Longer than resolvers usually try once, shorter than a call has. */
  private static final Duration LOOK_UP = Duration.ofSeconds(6);

  private final AddressGuard guard;
  private final NameService names;
  private final ScheduledThreadPoolExecutor deadlines;
  private final Connections idle = new Connections();
  private final ConcurrentHashMap<String, Attempt> underWay = new ConcurrentHashMap<>();

  HttpCalls(AddressGuard guard, ThreadFactory threads) {
    this(guard, threads, host -> List.of(InetAddress.getAllByName(host)));
  }

  HttpCalls(AddressGuard guard, ThreadFactory threads, NameService.Resolver resolver) {
    this.guard = guard;
    this.names = new NameService(resolver, threads);
    this.deadlines = new ScheduledThreadPoolExecutor(1, threads);
    this.deadlines.setRemoveOnCancelPolicy(true);
  }

  /** Calls and waits for the answer. */
  Answer send(Call call) throws CallFailed {
    Attempt attempt = new Attempt();
    underWay.put(call.key(), attempt);
    Future<?> deadline =
        deadlines.schedule(attempt::over, call.timeout().toNanos(), TimeUnit.NANOSECONDS);
    try {
      return send(call, attempt);
    } finally {
      deadline.cancel(false);
      underWay.remove(call.key(), attempt);
    }
  }

  /** Ends the call of this key, if this node is making it. */
  void abort(String key) {
    Attempt attempt = underWay.get(key);
    if (attempt != null) {
      attempt.abort();
    }
  }

  /** Closes connections that were not used for a while. */
  void tidy() {
    idle.closeOld(System.nanoTime());
  }

  @Override
  public void close() {
    underWay.values().forEach(Attempt::abort);
    deadlines.shutdownNow();
    names.close();
    idle.closeAll();
  }

  private Answer send(Call call, Attempt attempt) throws CallFailed {
    Connection used = idle.take(call.origin(), System.nanoTime());
    if (used != null) {
      try {
        return exchange(call, attempt, used);
      } catch (IOException e) {
        // Closed while nobody used it, most likely: repeated at once, under the same key.
        if (used.hasAnswered() || attempt.isEnded()) {
          throw broken(call, attempt, e);
        }
      }
    }
    try {
      return exchange(call, attempt, connect(call, attempt));
    } catch (IOException e) {
      throw broken(call, attempt, e);
    }
  }

  private Answer exchange(Call call, Attempt attempt, Connection connection) throws IOException {
    boolean keep = false;
    attempt.uses(connection);
    try {
      Answer answer = connection.exchange(call);
      keep = connection.isReusable();
      return answer;
    } finally {
      attempt.leaves();
      if (keep) {
        idle.keep(call.origin(), connection, System.nanoTime());
      } else {
        connection.close();
      }
    }
  }

  private Connection connect(Call call, Attempt attempt) throws CallFailed {
    IOException last = new IOException("the host has no address");
    for (InetAddress address : addresses(call)) {
      Socket socket = new Socket();
      try {
        attempt.connects(socket);
        socket.setTcpNoDelay(true);
        socket.connect(
            new InetSocketAddress(address, call.port()),
            Math.clamp(call.timeout().toMillis(), 1, Integer.MAX_VALUE));
        return new Connection(call.isSecure() ? secure(call, attempt, socket) : socket);
      } catch (IOException e) {
        closeQuietly(socket);
        last = e;
        if (attempt.isEnded()) {
          break;
        }
      }
    }
    if (attempt.isEnded()) {
      throw ended(call, attempt);
    }
    String what = last instanceof SSLException ? "No TLS with" : "Cannot connect to";
    throw new CallFailed(
        Kind.NOT_SENT,
        "%s %s:%d: %s".formatted(what, call.host(), call.port(), Causes.sentence(last)));
  }

  private List<InetAddress> addresses(Call call) throws CallFailed {
    Duration limit = call.timeout().compareTo(LOOK_UP) < 0 ? call.timeout() : LOOK_UP;
    try {
      List<InetAddress> found = names.lookUp(call.host(), limit);
      return call.guarded() ? guard.check(call.host(), call.port(), found) : found;
    } catch (TimeoutException e) {
      throw new CallFailed(
          Kind.UNDECIDED,
          "The name service gave no address of %s within %s.".formatted(call.host(), shown(limit)));
    } catch (AddressGuard.Refused e) {
      throw new CallFailed(Kind.REFUSED, String.valueOf(e.getMessage()));
    } catch (UnknownHostException e) {
      throw new CallFailed(
          Kind.NOT_SENT, "The host %s is not known to the name service.".formatted(call.host()));
    }
  }

  private static Socket secure(Call call, Attempt attempt, Socket socket) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket secure = (SSLSocket) factory.createSocket(socket, call.host(), call.port(), true);
    attempt.connects(secure);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }

  private static CallFailed broken(Call call, Attempt attempt, IOException e) {
    return attempt.isEnded()
        ? ended(call, attempt)
        : new CallFailed(
            Kind.BROKEN,
            "The connection to %s:%d broke: %s"
                .formatted(call.host(), call.port(), Causes.sentence(e)));
  }

  private static CallFailed ended(Call call, Attempt attempt) {
    return attempt.isOver()
        ? new CallFailed(
            Kind.TIMEOUT,
            "%s:%d gave no answer within %s."
                .formatted(call.host(), call.port(), shown(call.timeout())))
        : new CallFailed(Kind.BROKEN, "The call was ended here.");
  }

  private static String shown(Duration timeout) {
    return timeout.toMillis() % 1_000 == 0
        ? timeout.toSeconds() + " s"
        : timeout.toMillis() + " ms";
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It was of no use anyway.
    }
  }

  /** What has to be closed to end a call, whatever it is doing. */
  private static final class Attempt {
    private @Nullable Socket socket;
    private @Nullable Connection connection;
    private boolean over;
    private boolean aborted;

    synchronized void connects(Socket opened) throws IOException {
      socket = opened;
      refuse();
    }

    synchronized void uses(Connection used) throws IOException {
      connection = used;
      refuse();
    }

    synchronized void leaves() {
      connection = null;
      socket = null;
    }

    synchronized void over() {
      over = true;
      end();
    }

    synchronized void abort() {
      aborted = true;
      end();
    }

    synchronized boolean isOver() {
      return over;
    }

    synchronized boolean isEnded() {
      return over || aborted;
    }

    private void refuse() throws IOException {
      if (over || aborted) {
        end();
        throw new IOException("the time is over");
      }
    }

    private void end() {
      if (connection != null) {
        connection.abort();
      }
      if (socket != null) {
        closeQuietly(socket);
      }
    }
  }
}

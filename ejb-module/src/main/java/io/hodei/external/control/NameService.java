package io.hodei.external.control;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks names up on threads of its own, because the platform's resolver knows no deadline. Who asks
 * for a name that is being looked up waits for the same answer, so a name that is never answered
 * keeps one thread. Safe for threads.
 */
final class NameService implements AutoCloseable {
  /** Most names that are looked up at the same time. */
  static final int MOST = 64;

  /** Asks the platform. */
  interface Resolver {
    List<InetAddress> resolve(String host) throws UnknownHostException;
  }

  private final Resolver resolver;
  private final ThreadPoolExecutor pool;
  private final ConcurrentHashMap<String, CompletableFuture<List<InetAddress>>> asked =
      new ConcurrentHashMap<>();

  NameService(Resolver resolver, ThreadFactory threads) {
    this.resolver = resolver;
    this.pool =
        new ThreadPoolExecutor(0, MOST, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
  }

  /**
   * The addresses of a host.
   *
   * @throws TimeoutException when there is no answer in time, or too many names wait for theirs
   */
  List<InetAddress> lookUp(String host, Duration limit)
      throws UnknownHostException, TimeoutException {
    try {
      return asked.computeIfAbsent(host, this::ask).get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new UnknownHostException(host);
    } catch (RejectedExecutionException e) {
      throw new TimeoutException("too many names are being looked up");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimeoutException("the node stops");
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }

  private CompletableFuture<List<InetAddress>> ask(String host) {
    CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
    pool.execute(
        () -> {
          try {
            answer.complete(resolver.resolve(host));
          } catch (UnknownHostException | RuntimeException e) {
            answer.completeExceptionally(e);
          } finally {
            asked.remove(host, answer);
          }
        });
    return answer;
  }
}

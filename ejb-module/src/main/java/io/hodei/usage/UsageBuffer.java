package io.hodei.usage;

import io.hodei.jobs.entity.AttemptKey;
import io.hodei.platform.Loop;
import io.hodei.platform.NodeStarting;
import io.hodei.platform.NodeStopping;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of all agents of this node on their way to the database: the newest of each attempt,
 * stored many at a time, once a second. Nobody waits for them; when there are too many, new ones
 * are dropped.
 */
@ApplicationScoped
public class UsageBuffer {
  static final int MOST = 4_000;
  static final int AT_ONCE = 500;
  private static final Logger LOG = System.getLogger(UsageBuffer.class.getName());
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Consumer<List<UsagePicture>> store;
  private final @Nullable ManagedThreadFactory threads;
  private final Map<AttemptKey, UsagePicture> waiting = new LinkedHashMap<>();
  private @Nullable Loop loop;
  private int dropped;

  @Inject
  public UsageBuffer(UsageIntake intake, ManagedThreadFactory threads) {
    this(intake::store, threads);
  }

  UsageBuffer(Consumer<List<UsagePicture>> store, @Nullable ManagedThreadFactory threads) {
    this.store = store;
    this.threads = threads;
  }

  /** For the container's proxy only. */
  protected UsageBuffer() {
    this(pictures -> {}, null);
  }

  void start(@Observes @Priority(NodeStarting.AGENTS) NodeStarting event) {
    if (threads != null) {
      loop = new Loop("attempt-usage", EVERY, threads, this::flush);
    }
  }

  /** After the agents have gone, before the database does. */
  void stop(@Observes @Priority(NodeStopping.CACHE) NodeStopping event) {
    if (loop != null) {
      loop.close();
    }
  }

  /** Takes a picture in place of an older one of its attempt; false: there is no room for it. */
  public boolean offer(UsagePicture picture) {
    synchronized (waiting) {
      if (waiting.size() >= MOST && !waiting.containsKey(picture.attempt())) {
        dropped++;
        return false;
      }
      waiting.put(picture.attempt(), picture);
      return true;
    }
  }

  /** Stores what waits; what could not be stored waits on, unless there is a newer one. */
  void flush() {
    sayWhatWasDropped();
    for (List<UsagePicture> some = take(); !some.isEmpty(); some = take()) {
      try {
        store.accept(some);
      } catch (RuntimeException e) {
        some.forEach(this::putBack);
        throw e;
      }
    }
  }

  private void sayWhatWasDropped() {
    int lost;
    synchronized (waiting) {
      lost = dropped;
      dropped = 0;
    }
    if (lost > 0) {
      LOG.log(
          Level.WARNING,
          "{0} pictures of what attempts use were dropped: {1} already wait for the database. The agents send newer ones"
              + " within a minute; nothing else is lost.",
          lost,
          MOST);
    }
  }

  private List<UsagePicture> take() {
    synchronized (waiting) {
      List<UsagePicture> taken = new ArrayList<>();
      for (Iterator<UsagePicture> next = waiting.values().iterator();
          next.hasNext() && taken.size() < AT_ONCE; ) {
        taken.add(next.next());
        next.remove();
      }
      return taken;
    }
  }

  private void putBack(UsagePicture picture) {
    synchronized (waiting) {
      if (waiting.size() < MOST) {
        waiting.putIfAbsent(picture.attempt(), picture);
      }
    }
  }
}

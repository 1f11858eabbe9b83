package io.hodei.agent.testing;

import com.google.protobuf.ByteString;
import io.hodei.protocol.hwp.ClientFrame;
import io.hodei.protocol.hwp.Finished;
import io.hodei.protocol.hwp.Heartbeat;
import io.hodei.protocol.hwp.Hello;
import io.hodei.protocol.hwp.LogChunk;
import io.hodei.protocol.hwp.LogStream;
import io.hodei.protocol.hwp.Returned;
import io.hodei.protocol.hwp.Usage;
import io.hodei.protocol.hwp.Welcome;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What all nodes of a cluster know of one agent: its session, the frames that were "committed", and
 * how the next things shall go. Breaches of the protocol by the agent are collected.
 */
public final class HwpCluster {
  private static final ByteString SECRET = ByteString.copyFromUtf8("secret");

  public final List<String> breaches = new CopyOnWriteArrayList<>();
  public final List<Hello> hellos = new CopyOnWriteArrayList<>();
  public final Queue<ClientFrame> frames = new ConcurrentLinkedQueue<>();
  public final List<Returned> returned = new CopyOnWriteArrayList<>();
  public final List<Usage> usages = new CopyOnWriteArrayList<>();
  public final List<String> goodbyes = new CopyOnWriteArrayList<>();

  /** Acknowledgements are not sent while this is set. */
  public volatile boolean withholdAcks;

  /** Heartbeats are not renewed while this is set. */
  public volatile boolean loseRenewals;

  /** The next Welcome does not resume. */
  public volatile boolean forgetSession;

  public volatile int selfFenceMillis = 8000;
  public volatile int heartbeatMillis = 500;
  public volatile Heartbeat lastHeartbeat = Heartbeat.getDefaultInstance();

  private final Map<String, Map<Long, LogChunk>> chunks = new ConcurrentHashMap<>();
  private final Map<String, Finished> finished = new ConcurrentHashMap<>();
  private long session;
  private long lastNumber;

  synchronized Welcome.Builder welcome(Hello hello) {
    hellos.add(hello);
    boolean resumed =
        session != 0
            && !forgetSession
            && hello.getSessionId() == session
            && hello.getSessionSecret().equals(SECRET);
    if (!resumed) {
      session++;
      lastNumber = 0;
      forgetSession = false;
    }
    return Welcome.newBuilder()
        .setVersion(1)
        .setAgentId(1)
        .setSessionId(session)
        .setSessionSecret(SECRET)
        .setResumed(resumed)
        .setHeartbeatMillis(heartbeatMillis)
        .setSelfFenceMillis(selfFenceMillis);
  }

  /** Takes in a picture; one that comes after the end of its attempt comes too late. */
  void show(Usage usage) {
    if (hasFinished(usage.getJobId(), usage.getEpoch())) {
      breaches.add("the picture of " + usage.getJobId() + " came after its end");
    }
    usages.add(usage);
  }

  /**
   * Commits a frame as the database would.
   *
   * @return the number to acknowledge
   */
  synchronized long commit(ClientFrame frame) {
    if (frame.getNumber() > lastNumber + 1) {
      breaches.add("gap: " + lastNumber + " is followed by " + frame.getNumber());
    }
    if (frame.getNumber() > lastNumber) {
      lastNumber = frame.getNumber();
      frames.add(frame.hasLog() ? ClientFrame.newBuilder().setNumber(lastNumber).build() : frame);
    }
    if (frame.hasLog()) {
      commit(frame.getLog());
    } else if (frame.hasFinished()) {
      Finished end = frame.getFinished();
      finished.put(key(end.getJobId(), end.getEpoch()), end);
    }
    return lastNumber;
  }

  public synchronized long lastNumber() {
    return lastNumber;
  }

  public Finished finished(long job, int epoch) {
    Finished end = finished.get(key(job, epoch));
    if (end == null) {
      throw new AssertionError("attempt " + key(job, epoch) + " has not finished");
    }
    return end;
  }

  public boolean hasFinished(long job, int epoch) {
    return finished.containsKey(key(job, epoch));
  }

  public int finishedCount() {
    return finished.size();
  }

  public boolean hasStarted(long job, int epoch) {
    return frames.stream()
        .anyMatch(
            f ->
                f.hasStarted()
                    && f.getStarted().getJobId() == job
                    && f.getStarted().getEpoch() == epoch);
  }

  /** How many chunks of an attempt arrived. */
  public int chunks(long job, int epoch) {
    return chunks.getOrDefault(key(job, epoch), Map.of()).size();
  }

  /** All output of one stream; every chunk must be there, at its offset. */
  public byte[] output(long job, int epoch, LogStream stream) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    long sequence = 0;
    for (LogChunk chunk : sorted(job, epoch)) {
      if (chunk.getSequence() != sequence++) {
        throw new AssertionError("chunk " + (sequence - 1) + " is missing");
      }
      if (chunk.getStream() == stream) {
        if (chunk.getOffset() != all.size()) {
          throw new AssertionError("offset " + chunk.getOffset() + " instead of " + all.size());
        }
        all.writeBytes(chunk.getData().toByteArray());
      }
    }
    return all.toByteArray();
  }

  public String text(long job, int epoch, LogStream stream) {
    return new String(output(job, epoch, stream), java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Loses what was stored of an attempt's output. */
  public synchronized void loseOutput(long job, int epoch) {
    chunks.remove(key(job, epoch));
    finished.remove(key(job, epoch));
  }

  private List<LogChunk> sorted(long job, int epoch) {
    return new ArrayList<>(chunks.getOrDefault(key(job, epoch), Map.of()).values());
  }

  private void commit(LogChunk chunk) {
    Map<Long, LogChunk> known =
        chunks.computeIfAbsent(
            key(chunk.getJobId(), chunk.getEpoch()),
            k -> java.util.Collections.synchronizedMap(new TreeMap<>()));
    LogChunk earlier = known.putIfAbsent(chunk.getSequence(), chunk);
    if (earlier != null && !earlier.getData().equals(chunk.getData())) {
      breaches.add("chunk " + chunk.getSequence() + " came twice with other bytes");
    }
  }

  private static String key(long job, int epoch) {
    return job + "#" + epoch;
  }
}

package io.hodei.agent.spool;

import io.hodei.protocol.hwp.ClientFrame;
import io.hodei.protocol.hwp.Finished;
import io.hodei.protocol.hwp.LogChunk;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a journal from its beginning and rebuilds what its writer knew. */
final class Recovery {
  private static final System.Logger LOG = System.getLogger(Recovery.class.getName());

  final Map<AttemptId, RecoveredAttempt> open = new LinkedHashMap<>();
  Session session = Session.NONE;
  private final List<Segment> seen = new ArrayList<>();

  /** Ended attempts in the order of their ends, until the end is known to be acknowledged. */
  private final Deque<Ended> ended = new ArrayDeque<>();

  long acked;
  long lastNumber;
  private long lastMissing;

  private record Ended(long number, AttemptId id) {}

  void read(Iterable<Segment> segments) throws IOException {
    for (Segment segment : segments) {
      RecordReader reader = new RecordReader(segment);
      for (RecordReader.Entry entry = reader.next(); entry != null; entry = reader.next()) {
        apply(segment, entry);
      }
      seen.add(segment);
      if (reader.position() < segment.flushed()) {
        LOG.log(
            Level.WARNING,
            "spool segment {0} ends in an incomplete record (the agent or its host died while"
                + " writing); its last {1} bytes are ignored",
            segment.id,
            segment.flushed() - reader.position());
        segment.truncate(reader.position());
      }
    }
    segments.forEach(segment -> segment.chunksOf.retainAll(open.keySet()));
  }

  private void apply(Segment segment, RecordReader.Entry entry) throws IOException {
    switch (entry.type()) {
      case FRAME -> frame(segment, ClientFrame.parseFrom(entry.payload()));
      case CHECKPOINT -> checkpoint(Checkpoint.decode(entry.payload()));
      case HELD -> attempt(Checkpoint.decodeId(entry.payload()));
      case ACKED -> acknowledged(Checkpoint.decodeNumber(entry.payload()));
      case CLOSED -> open.remove(Checkpoint.decodeId(entry.payload()));
    }
  }

  private void checkpoint(Checkpoint checkpoint) {
    if (checkpoint.session().id() != session.id()) {
      open.clear();
      acked = 0;
      lastNumber = 0;
      lastMissing = 0;
      ended.clear();
      seen.forEach(Segment::forget);
    }
    session = checkpoint.session();
    acknowledged(checkpoint.acked());
    expect(checkpoint.lastNumber());
    lastNumber = checkpoint.lastNumber();
    open.values().removeIf(a -> a.finishedNumber() == 0 && !checkpoint.open().contains(a.id()));
    checkpoint.open().forEach(this::attempt);
  }

  /** A segment can tell of a hundred thousand attempts: only those still open stay in memory. */
  private void acknowledged(long upTo) {
    acked = Math.max(acked, upTo);
    while (!ended.isEmpty() && ended.getFirst().number <= acked) {
      Ended first = ended.removeFirst();
      RecoveredAttempt attempt = open.get(first.id);
      if (attempt != null && attempt.finishedNumber() == first.number) {
        open.remove(first.id);
      }
    }
  }

  /**
   * Whether frames are missing that nobody acknowledged: then the numbers mean nothing any more.
   */
  boolean incomplete() {
    return lastMissing > acked;
  }

  private void expect(long number) {
    if (number > lastNumber) {
      lastMissing = number;
    }
  }

  private RecoveredAttempt attempt(AttemptId id) {
    return open.computeIfAbsent(id, RecoveredAttempt::new);
  }

  private void frame(Segment segment, ClientFrame frame) {
    expect(frame.getNumber() - 1);
    lastNumber = frame.getNumber();
    segment.lastNumber = lastNumber;
    switch (frame.getBodyCase()) {
      case LOG -> chunk(segment, frame.getLog());
      case FINISHED -> {
        Finished finished = frame.getFinished();
        AttemptId id = new AttemptId(finished.getJobId(), finished.getEpoch());
        if (frame.getNumber() > acked) {
          attempt(id).finished(frame.getNumber());
          ended.addLast(new Ended(frame.getNumber(), id));
        } else {
          open.remove(id);
        }
      }
      default -> {}
    }
  }

  private void chunk(Segment segment, LogChunk chunk) {
    AttemptId id = new AttemptId(chunk.getJobId(), chunk.getEpoch());
    RecoveredAttempt known = open.get(id);
    if (known != null) {
      known.add(chunk);
      segment.chunksOf.add(id);
    }
  }
}

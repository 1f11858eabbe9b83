package io.hodei.logs;

import io.hodei.jobs.entity.AttemptKey;
import io.hodei.platform.EngineDatabase;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Digests a large stored log in portions: never more than some MiB of it are in memory. */
@Dependent
public class StoredDigest {
  private static final int CHUNKS = 16;

  private final EngineDatabase database;

  @Inject
  public StoredDigest(EngineDatabase database) {
    this.database = database;
  }

  /** The SHA-256 of stdout and of stderr. */
  List<byte[]> of(AttemptKey attempt) {
    MessageDigest out = sha256();
    MessageDigest err = sha256();
    int after = -1;
    int read;
    do {
      List<Integer> sequences =
          database
              .sql(IntakeSql.PORTION)
              .set("job", attempt.jobId())
              .set("epoch", attempt.epoch())
              .set("after", after)
              .set("rows", CHUNKS)
              .list(
                  row -> {
                    boolean stderr = row.integer("stream") == LogStream.STDERR.code();
                    (stderr ? err : out).update(row.bytes("data"));
                    return row.integer("sequence");
                  });
      read = sequences.size();
      after = read == 0 ? after : sequences.getLast();
    } while (read == CHUNKS);
    return List.of(out.digest(), err.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This JDK has no SHA-256, which every JDK must have", e);
    }
  }
}

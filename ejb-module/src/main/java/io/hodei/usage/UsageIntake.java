package io.hodei.usage;

import io.hodei.platform.EngineDatabase;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Stores pictures of what attempts used. */
@Stateless
public class UsageIntake {
  private final EngineDatabase database;

  @Inject
  public UsageIntake(EngineDatabase database) {
    this.database = database;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected UsageIntake() {
    this(null);
  }

  /**
   * Stores well-formed pictures, one of each attempt, with one statement. What does not come from
   * the session that holds the attempt, or held it to its end, changes nothing; neither does a
   * picture that covers less than the stored one.
   */
  public void store(List<UsagePicture> pictures) {
    database
        .sql(UsageSql.STORE)
        .set("jobs", pictures.stream().mapToLong(picture -> picture.attempt().jobId()).toArray())
        .set("epochs", pictures.stream().mapToInt(picture -> picture.attempt().epoch()).toArray())
        .set("sessions", pictures.stream().mapToLong(UsagePicture::sessionId).toArray())
        .set("steps", pictures.stream().mapToInt(UsagePicture::stepMillis).toArray())
        .set("covered", pictures.stream().mapToLong(UsagePicture::coveredMillis).toArray())
        .set("cpus", pictures.stream().map(UsageIntake::cpus).toArray(String[]::new))
        .set("memories", pictures.stream().map(UsageIntake::memories).toArray(String[]::new))
        .update();
  }

  private static String cpus(UsagePicture picture) {
    return Arrays.stream(picture.cpuPermille())
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String memories(UsagePicture picture) {
    return Arrays.stream(picture.memoryBytes())
        .mapToObj(Long::toString)
        .collect(Collectors.joining(",", "{", "}"));
  }
}

package io.hodei.dispatch.control;

import io.hodei.jobs.entity.AttemptKey;
import io.hodei.protocol.hwp.Usage;
import io.hodei.usage.UsagePicture;
import java.util.Optional;

/** Frames about what attempts used, in the words of the feature usage. */
final class UsageFrames {
  private UsageFrames() {}

  static AttemptKey key(Usage usage) {
    return new AttemptKey(usage.getJobId(), usage.getEpoch());
  }

  /** The picture, or nothing when it is none: then somebody sends nonsense, and loses nothing. */
  static Optional<UsagePicture> read(long session, Usage usage) {
    if (usage.getCpuPermilleCount() > UsagePicture.MOST_POINTS
        || usage.getMemoryBytesCount() > UsagePicture.MOST_POINTS) {
      return Optional.empty();
    }
    return Optional.of(
            new UsagePicture(
                key(usage),
                session,
                usage.getStepMillis(),
                usage.getCoveredMillis(),
                usage.getCpuPermilleList().stream().mapToInt(Integer::intValue).toArray(),
                usage.getMemoryBytesList().stream().mapToLong(Long::longValue).toArray()))
        .filter(UsagePicture::isWellFormed);
  }
}

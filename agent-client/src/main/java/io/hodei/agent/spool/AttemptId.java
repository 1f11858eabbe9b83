package io.hodei.agent.spool;

import io.hodei.protocol.hwp.AttemptRef;

/** One execution of a job: the job and its fencing epoch. */
public record AttemptId(long job, int epoch) {
  private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int CHARACTERS = 13;

  public static AttemptId of(AttemptRef ref) {
    return new AttemptId(ref.getJobId(), ref.getEpoch());
  }

  public AttemptRef ref() {
    return AttemptRef.newBuilder().setJobId(job).setEpoch(epoch).build();
  }

  /** The job as people see it (13 Crockford characters) and the epoch, e.g. {@code 0GXK2…#1}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(CHARACTERS + 4);
    for (int shift = (CHARACTERS - 1) * 5; shift >= 0; shift -= 5) {
      text.append(CROCKFORD.charAt((int) (job >>> shift) & 31));
    }
    return text.append('#').append(epoch).toString();
  }
}

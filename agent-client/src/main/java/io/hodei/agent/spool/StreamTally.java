package io.hodei.agent.spool;

import com.google.protobuf.ByteString;
import io.hodei.protocol.hwp.StreamSummary;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Counts and digests the bytes of one output stream as they pass. Not safe for several threads. */
public final class StreamTally {
  private final MessageDigest digest;
  private long length;
  private long dropped;
  private boolean gap;

  public StreamTally() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256, this one has not.", e);
    }
  }

  /** Bytes kept so far, which is also the offset of the next one. */
  public long length() {
    return length;
  }

  public void add(byte[] bytes, int from, int count) {
    digest.update(bytes, from, count);
    length += count;
  }

  public void drop(long count) {
    dropped += count;
  }

  /** Counts a chunk read back from disk; the digest is lost when bytes before it are gone. */
  void recover(long offset, ByteString data) {
    gap |= offset != length;
    digest.update(data.asReadOnlyByteBuffer());
    length = offset + data.size();
  }

  /** The sums; the digest starts anew, so this is called once, at the end. */
  public StreamSummary summary() {
    StreamSummary.Builder summary =
        StreamSummary.newBuilder().setLength(length).setDropped(dropped);
    if (length > 0 && !gap) {
      summary.setSha256(ByteString.copyFrom(digest.digest()));
    }
    return summary.build();
  }
}

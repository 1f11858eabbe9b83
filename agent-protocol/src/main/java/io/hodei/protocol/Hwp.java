package io.hodei.protocol;

import java.time.Duration;

/** The constants of the agent protocol that both sides rely on. */
public final class Hwp {
  /** Path of the WebSocket endpoint, relative to the server's address. */
  public static final String PATH = "/agent/v1";

  /** WebSocket subprotocol. */
  public static final String SUBPROTOCOL = "hwp.v1";

  /** Oldest and newest protocol version that this code speaks, both inclusive. */
  public static final int MIN_VERSION = 1;

  public static final int MAX_VERSION = 1;

  /** Largest WebSocket message either side sends or accepts. */
  public static final int MAX_FRAME_BYTES = 1 << 20;

  /** Largest payload of one log chunk. */
  public static final int MAX_CHUNK_BYTES = 256 << 10;

  /** Most points of the picture of what an attempt used. */
  public static final int USAGE_POINTS = 120;

  public static final Duration HEARTBEAT = Duration.ofSeconds(2);

  /** How long a renewal keeps a session alive in the database. */
  public static final Duration SESSION_TTL = Duration.ofSeconds(10);

  /**
   * An agent ends its process trees this long after it sent the last heartbeat that was renewed.
   */
  public static final Duration SELF_FENCE = Duration.ofSeconds(8);

  /** The cluster gives an agent's work to others this long after the last renewal. */
  public static final Duration REQUEUE_AFTER = Duration.ofSeconds(12);

  private Hwp() {}

  /**
   * The version two peers use: the newest that both speak.
   *
   * @return 0 when there is none
   */
  public static int negotiate(int peerMin, int peerMax) {
    int newest = Math.min(MAX_VERSION, peerMax);
    return newest >= Math.max(MIN_VERSION, peerMin) ? newest : 0;
  }
}

package io.hodei.platform;

/**
 * Fired once when the application is taken down. Observers stop their loops; higher features have
 * lower numbers.
 */
public record NodeStopping() {
  public static final int DISPATCH = 100;
  public static final int AGENTS = 200;
  public static final int CACHE = 300;
  public static final int EVENTS = 400;
  public static final int CLUSTER = 900;
}

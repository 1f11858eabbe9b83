package io.hodei.platform;

/**
 * Fired once, in the starting thread, when the database is ready. Observers start their feature and
 * take the priority of their place: lower numbers first.
 */
public record NodeStarting() {
  public static final int CLUSTER = 100;
  public static final int SECURITY = 200;
  public static final int EVENTS = 300;
  public static final int CACHE = 400;
  public static final int AGENTS = 500;
  public static final int DISPATCH = 600;
  public static final int LAST = 900;
}

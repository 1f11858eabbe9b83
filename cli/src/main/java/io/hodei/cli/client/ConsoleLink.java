package io.hodei.cli.client;

import java.util.Map;

/** The address under which a browser is logged in to the console, once and within a minute. */
public final class ConsoleLink {
  private ConsoleLink() {}

  /** Makes one for the caller's token, at the node that answers. */
  public static String make(Api api) {
    String path = api.call("POST", "/api/v1/session/codes", null, Map.of()).json().string("path");
    return api.node().toString().replaceAll("/+$", "") + path;
  }
}

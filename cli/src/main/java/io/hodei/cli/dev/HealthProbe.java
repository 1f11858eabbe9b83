package io.hodei.cli.dev;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Asks a node whether it takes requests. */
final class HealthProbe {
  private HealthProbe() {}

  static boolean ready(URI node) {
    return status(node.resolve("/health/ready")) == 200;
  }

  /**
   * Payara's liveness answers 503 as long as no application is deployed, and the product's answers
   * 200.
   */
  static boolean live(URI node) {
    return status(node.resolve("/health/live")) == 200;
  }

  /** The status code, or 0 when nobody answers. */
  private static int status(URI address) {
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setConnectTimeout(500);
      connection.setReadTimeout(2_000);
      try {
        return connection.getResponseCode();
      } finally {
        connection.disconnect();
      }
    } catch (IOException nobodyThereYet) {
      return 0;
    }
  }
}

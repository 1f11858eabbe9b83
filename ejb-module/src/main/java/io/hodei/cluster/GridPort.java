package io.hodei.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** The port of the grid member, known before it starts so that the other nodes can be told. */
final class GridPort {
  private GridPort() {}

  /** The configured port, or a free one when that is 0. */
  static int choose(int configured, String address) {
    if (configured != 0) {
      return configured;
    }
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(address))) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("No free port on hodei.cluster.address = " + address, e);
    }
  }
}

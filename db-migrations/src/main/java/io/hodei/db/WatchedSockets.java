package io.hodei.db;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/**
 * The sockets of the connection pools, all of which can be closed at once. A thread that waits for
 * a database that hangs cannot be interrupted; closing its socket ends the wait with an error. The
 * driver makes one by the name of this class ({@code socketFactory}).
 */
public final class WatchedSockets extends SocketFactory {
  private static final Set<Socket> OPEN = ConcurrentHashMap.newKeySet();

  private static volatile boolean refusing;

  /** Makes new sockets again. */
  public static void allow() {
    refusing = false;
  }

  /**
   * Closes every socket that is open or about to connect, and lets none connect until {@link
   * #allow}: a pool would make new ones at once, and wait for each. Answers how many it closed.
   */
  public static int refuse() {
    refusing = true;
    int closed = 0;
    for (Socket socket : OPEN) {
      try {
        closed++;
        socket.close();
      } catch (IOException broken) {
        // It is of no use any more either way.
      }
    }
    return closed;
  }

  @Override
  public Socket createSocket() {
    Socket socket = new Watched();
    OPEN.add(socket);
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  private Socket connected(SocketAddress address) throws IOException {
    Socket socket = createSocket();
    socket.connect(address);
    return socket;
  }

  private static final class Watched extends Socket {
    @Override
    public void connect(SocketAddress address, int timeoutMillis) throws IOException {
      if (refusing) {
        close();
        throw new ConnectException("The database hangs; no connection is made until it answers");
      }
      super.connect(address, timeoutMillis);
    }

    @Override
    public void close() throws IOException {
      OPEN.remove(this);
      super.close();
    }
  }
}

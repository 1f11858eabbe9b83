package io.hodei.it.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The network between one agent and one node. */
final class FaultProxy implements AutoCloseable {
  /** What it does with bytes and connections. */
  private enum Mode {
    OPEN,
    /** Connections break and new ones are refused. */
    CUT,
    /** Connections stay, nothing arrives. */
    SILENT,
    /** Connections stay, what the agent sends is lost. */
    MUTE,
    /** Connections stay, what the node sends is lost. */
    DEAF
  }

  private final InetSocketAddress target;
  private final InetAddress address;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Mode mode = Mode.OPEN;
  private ServerSocket listener;

  /** Listens on this loopback address, on the port of the node. */
  FaultProxy(URI node, String address) {
    target = new InetSocketAddress(node.getHost(), node.getPort());
    try {
      this.address = InetAddress.getByName(address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    listener = listen();
    accept(listener);
  }

  void cut() {
    change(Mode.CUT);
    close(listener);
    closeAll();
  }

  void silence() {
    change(Mode.SILENT);
  }

  void mute() {
    change(Mode.MUTE);
  }

  void deafen() {
    change(Mode.DEAF);
  }

  /** Whole again; what was connected during a silence goes on where it stopped. */
  void heal() {
    Mode before = change(Mode.OPEN);
    if (before == Mode.CUT) {
      listener = listen();
      accept(listener);
    } else if (before != Mode.SILENT) {
      closeAll(); // bytes are missing in them
    }
  }

  @Override
  public void close() {
    change(Mode.CUT);
    close(listener);
    closeAll();
  }

  private Mode change(Mode next) {
    lock.lock();
    try {
      Mode before = mode;
      mode = next;
      changed.signalAll();
      return before;
    } finally {
      lock.unlock();
    }
  }

  private void accept(ServerSocket on) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  Socket client = on.accept();
                  sockets.add(client);
                  Thread.ofVirtual().start(() -> connect(client));
                }
              } catch (IOException cut) {
                close(on);
              }
            });
  }

  private void connect(Socket client) {
    try {
      var unused = awaitVoice();
      Socket node = new Socket();
      sockets.add(node);
      node.connect(target, 2_000);
      Thread.ofVirtual().start(() -> pump(client, node, Mode.MUTE));
      pump(node, client, Mode.DEAF);
    } catch (IOException refused) {
      close(client);
    }
  }

  /**
   * @param lossy in this mode the bytes of this direction are lost
   */
  private void pump(Socket from, Socket to, Mode lossy) {
    byte[] buffer = new byte[16 * 1024];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      int length;
      while ((length = in.read(buffer)) >= 0) {
        if (awaitVoice() != lossy) {
          out.write(buffer, 0, length);
        }
      }
    } catch (IOException ended) {
      close(from);
    } finally {
      close(from);
      close(to);
    }
  }

  /** Returns when bytes may pass; a connection of a cut network breaks. */
  private Mode awaitVoice() throws IOException {
    lock.lock();
    try {
      while (mode == Mode.SILENT) {
        changed.awaitUninterruptibly();
      }
      if (mode == Mode.CUT) {
        throw new IOException("cut");
      }
      return mode;
    } finally {
      lock.unlock();
    }
  }

  private void closeAll() {
    sockets.forEach(FaultProxy::close);
    sockets.clear();
  }

  private ServerSocket listen() {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, target.getPort()), 50);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}

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
    SILENT
  }

  private final InetSocketAddress target;
  private final int port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Mode mode = Mode.OPEN;
  private ServerSocket listener;

  FaultProxy(URI node) {
    target = new InetSocketAddress(node.getHost(), node.getPort());
    listener = listen(0);
    port = listener.getLocalPort();
    accept(listener);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  void cut() {
    change(Mode.CUT);
    close(listener);
    closeAll();
  }

  void silence() {
    change(Mode.SILENT);
  }

  /** Whole again; what was connected during a silence goes on where it stopped. */
  void heal() {
    boolean wasCut = change(Mode.OPEN) == Mode.CUT;
    if (wasCut) {
      listener = listen(port);
      accept(listener);
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
      awaitVoice();
      Socket node = new Socket();
      sockets.add(node);
      node.connect(target, 2_000);
      Thread.ofVirtual().start(() -> pump(client, node));
      pump(node, client);
    } catch (IOException refused) {
      close(client);
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[16 * 1024];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      int length;
      while ((length = in.read(buffer)) >= 0) {
        awaitVoice();
        out.write(buffer, 0, length);
      }
    } catch (IOException ended) {
      close(from);
    } finally {
      close(from);
      close(to);
    }
  }

  /** Returns when bytes may pass; a connection of a cut network breaks. */
  private void awaitVoice() throws IOException {
    lock.lock();
    try {
      while (mode == Mode.SILENT) {
        changed.awaitUninterruptibly();
      }
      if (mode == Mode.CUT) {
        throw new IOException("cut");
      }
    } finally {
      lock.unlock();
    }
  }

  private void closeAll() {
    sockets.forEach(FaultProxy::close);
    sockets.clear();
  }

  private static ServerSocket listen(int port) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
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

package io.hodei.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source that behaves like the container's: inside {@link #inTransaction} a thread gets the
 * same connection each time, outside of it each statement commits by itself.
 */
public final class BoundSource {
  private final DataSource source;

  @SuppressWarnings("ThreadLocalUsage") // One per source: engine and tenants are bound apart.
  private final ThreadLocal<@Nullable Connection> bound = new ThreadLocal<>();

  BoundSource(DataSource source) {
    this.source = source;
  }

  /** Runs the work in one transaction and commits it, or rolls back when it throws. */
  public <T> T inTransaction(Supplier<T> work) {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      bound.set(connection);
      try {
        T result = work.get();
        connection.commit();
        return result;
      } finally {
        bound.remove();
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The data source for {@code Database}. */
  public DataSource dataSource() {
    return (DataSource)
        Proxy.newProxyInstance(
            BoundSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              Connection connection = bound.get();
              if (connection == null) {
                return source.getConnection();
              }
              return staysOpen(connection);
            });
  }

  private static Connection staysOpen(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            BoundSource.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }
}

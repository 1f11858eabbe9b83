package io.hodei.platform;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A data source that counts what its connections take. */
record MeasuredSource(DataSource source, Borrowing borrowing) implements DataSource {
  @Override
  public Connection getConnection() throws SQLException {
    return measured(source::getConnection);
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return measured(() -> source.getConnection(user, password));
  }

  private Connection measured(Borrow borrow) throws SQLException {
    long began = System.nanoTime();
    try {
      Connection connection = borrow.connection();
      borrowing.took(System.nanoTime() - began);
      return connection;
    } catch (SQLException e) {
      borrowing.failed();
      throw e;
    }
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return source.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    source.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    source.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return source.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger(MeasuredSource.class.getName());
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return source.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return source.isWrapperFor(type);
  }

  private interface Borrow {
    Connection connection() throws SQLException;
  }
}

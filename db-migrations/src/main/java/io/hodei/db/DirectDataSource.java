package io.hodei.db;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Connections without a pool, for the few statements before the pools of the container are of use.
 */
public final class DirectDataSource {
  private DirectDataSource() {}

  /** Works also where {@code DriverManager} does not see the application's driver. */
  public static DataSource of(String url, String user, String password) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setUser(user);
    source.setPassword(password);
    return source;
  }
}

package io.hodei.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs native SQL with named parameters on one data source, inside the container's transaction.
 * Arrays of {@code long}, {@code int}, {@code String} and {@code byte[]} become SQL arrays, so that
 * a statement takes a whole set.
 */
public class Database {
  private final DataSource source;

  public Database(DataSource source) {
    this.source = source;
  }

  /** Prepares a statement; {@code sql} must be a constant of the code. */
  public Query sql(String sql) {
    return new Query(NamedSql.of(sql));
  }

  /** One statement with its parameters. */
  public final class Query {
    private final NamedSql sql;
    private final Map<String, @Nullable Object> values = new HashMap<>();
    private int fetchSize;

    private Query(NamedSql sql) {
      this.sql = sql;
    }

    public Query set(String name, @Nullable Object value) {
      values.put(name, value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
      return this;
    }

    /** Reads the result in portions of this many rows instead of at once. */
    public Query fetchSize(int rows) {
      this.fetchSize = rows;
      return this;
    }

    public <T> List<T> list(Row.Mapper<T> mapper) {
      return run(
          statement -> {
            try (ResultSet result = statement.executeQuery()) {
              List<T> rows = new ArrayList<>();
              Row row = new Row(result);
              while (result.next()) {
                rows.add(mapper.map(row));
              }
              return rows;
            }
          });
    }

    public <T> Optional<T> first(Row.Mapper<T> mapper) {
      List<T> rows = list(mapper);
      return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
    }

    /** For statements that always return a row. */
    public <T> T one(Row.Mapper<T> mapper) {
      return first(mapper)
          .orElseThrow(() -> new IllegalStateException("No row from: " + sql.text()));
    }

    public boolean exists() {
      return !list(row -> true).isEmpty();
    }

    /** Runs an update; answers how many rows it changed. */
    public int update() {
      return run(PreparedStatement::executeUpdate);
    }

    /** Runs a statement whose result does not matter. */
    public void execute() {
      run(PreparedStatement::execute);
    }

    private <T> T run(Work<T> work) {
      try (Connection connection = source.getConnection();
          PreparedStatement statement = connection.prepareStatement(sql.text())) {
        statement.setFetchSize(fetchSize);
        int index = 1;
        for (String name : sql.names()) {
          if (!values.containsKey(name)) {
            throw new IllegalStateException(
                "Parameter :" + name + " is not set for: " + sql.text());
          }
          statement.setObject(index++, values.get(name));
        }
        return work.on(statement);
      } catch (SQLException e) {
        throw DatabaseFailure.of(e);
      }
    }
  }

  private interface Work<T> {
    T on(PreparedStatement statement) throws SQLException;
  }
}

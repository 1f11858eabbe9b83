package io.hodei.platform;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The current row of a result, read by column name. Methods without {@code OrNull} are for columns
 * that are not null.
 */
public final class Row {
  private final ResultSet result;

  Row(ResultSet result) {
    this.result = result;
  }

  /** Reads one row. */
  public interface Mapper<T> {
    T map(Row row) throws SQLException;
  }

  public long number(String column) throws SQLException {
    return result.getLong(column);
  }

  public @Nullable Long numberOrNull(String column) throws SQLException {
    long value = result.getLong(column);
    return result.wasNull() ? null : value;
  }

  public int integer(String column) throws SQLException {
    return result.getInt(column);
  }

  public @Nullable Integer integerOrNull(String column) throws SQLException {
    int value = result.getInt(column);
    return result.wasNull() ? null : value;
  }

  public boolean flag(String column) throws SQLException {
    return result.getBoolean(column);
  }

  public String text(String column) throws SQLException {
    return result.getString(column);
  }

  public @Nullable String textOrNull(String column) throws SQLException {
    return result.getString(column);
  }

  public byte[] bytes(String column) throws SQLException {
    return result.getBytes(column);
  }

  public byte @Nullable [] bytesOrNull(String column) throws SQLException {
    return result.getBytes(column);
  }

  public Instant instant(String column) throws SQLException {
    return result.getObject(column, OffsetDateTime.class).toInstant();
  }

  public @Nullable Instant instantOrNull(String column) throws SQLException {
    OffsetDateTime value = result.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  public String[] texts(String column) throws SQLException {
    return (String[]) result.getArray(column).getArray();
  }
}

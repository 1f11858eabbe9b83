package io.hodei.platform;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** A statement that the database did not carry out. */
public class DatabaseFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean unavailable;
  private final String constraint;

  private DatabaseFailure(SQLException cause, boolean unavailable, String constraint) {
    super(cause.getMessage(), cause);
    this.unavailable = unavailable;
    this.constraint = constraint;
  }

  static DatabaseFailure hanging() {
    return of(new SQLTransientConnectionException("The database does not answer", "08006"));
  }

  static DatabaseFailure of(SQLException e) {
    String state = e.getSQLState() == null ? "08000" : e.getSQLState();
    boolean unavailable =
        state.startsWith("08")
            || state.startsWith("57P")
            || state.startsWith("53")
            || state.startsWith("58");
    String constraint = "";
    if (e instanceof org.postgresql.util.PSQLException p && p.getServerErrorMessage() != null) {
      String name = p.getServerErrorMessage().getConstraint();
      constraint = name == null ? "" : name;
    }
    return new DatabaseFailure(e, unavailable, constraint);
  }

  /** Whether the database could not be reached or had no room: trying again later may work. */
  public boolean unavailable() {
    return unavailable;
  }

  /** The constraint that refused the statement, or empty. */
  public String constraint() {
    return constraint;
  }
}

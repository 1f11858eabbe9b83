package io.hodei.cluster;

/**
 * The right to do a duty, until it ends in the database. Every write of the duty names the term in
 * its SQL.
 */
public record Term(String duty, long term) {
  /**
   * The condition to put into each write of a duty. In: duty, term.
   *
   * @see #duty
   */
  public static final String STILL_HELD =
      "exists (select from duties where name = :duty and term = :term and until > clock_timestamp())";
}

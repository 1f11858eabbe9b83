package io.hodei.external.control;

/** Gives the access tokens with which Google Cloud is called. Safe for threads. */
interface TokenProvider {
  /**
   * A token that is valid for some time still; kept, not asked for at each call.
   *
   * @throws CallFailed when there is none
   */
  String token() throws CallFailed;

  /** The token was refused: the next one must be a new one. */
  void refused();
}

package io.hodei.logs;

/**
 * A place in a log.
 *
 * @param line number of the line that the byte at the offset belongs to, from 1
 * @param linesEnded how many lines of the log have ended; what lies behind the last end is one more
 */
public record LogPlace(int attempt, long offset, long line, long linesEnded) {}

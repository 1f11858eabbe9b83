package io.hodei.agent.work;

import io.hodei.agent.lease.Lease;
import io.hodei.agent.logs.LogFlusher;
import io.hodei.agent.logs.LogTotals;
import io.hodei.agent.process.Containers;
import io.hodei.agent.spool.Spool;
import java.nio.file.Path;

/**
 * What every attempt works with.
 *
 * @param attempts directory below which each attempt gets its own
 * @param logLimitBytes of each stream; 0: none
 */
public record Workshop(
    Spool spool,
    Containers containers,
    Lease lease,
    LogFlusher flusher,
    LogTotals totals,
    Path attempts,
    long logLimitBytes) {}

package io.hodei.agent.link;

import io.hodei.agent.lease.Lease;
import io.hodei.agent.logs.LogTotals;
import io.hodei.agent.process.Containers;
import io.hodei.agent.process.Keeper;
import io.hodei.agent.spool.Outbox;
import io.hodei.agent.spool.Spool;
import io.hodei.agent.work.Attempts;

/** What the link connects with the server. */
public record Quarters(
    Spool spool,
    Outbox outbox,
    Attempts attempts,
    Lease lease,
    Keeper keeper,
    Containers containers,
    LogTotals totals) {}

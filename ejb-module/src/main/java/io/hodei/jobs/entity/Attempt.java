package io.hodei.jobs.entity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a job, ended or under way.
 *
 * @param state LEASED, RUNNING, SUCCEEDED, FAILED, TIMED_OUT, CANCELLED, LOST or RETURNED
 * @param treeEnded whether the agent proved that none of its processes was left
 * @param executionName how it is called where the servers let it run: an address, an execution
 */
public record Attempt(
    long jobId,
    int epoch,
    String state,
    long agentId,
    @Nullable String agentName,
    Instant leasedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Integer exitCode,
    @Nullable Integer signal,
    @Nullable String reason,
    @Nullable Long cpuMicros,
    @Nullable Long peakMemoryBytes,
    boolean treeEnded,
    @Nullable String executionName) {}

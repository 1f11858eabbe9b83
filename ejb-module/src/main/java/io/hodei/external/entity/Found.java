package io.hodei.external.entity;

import java.util.List;

/** What one look at the tables gave: jobs to claim, and executions that are this node's now. */
public record Found(List<ReadyTask> ready, List<ExternalTask> due) {}

package io.hodei.pipelines.entity;

/**
 * A pipeline is about to be deleted, in the tenant transaction that is open. Whoever still needs it
 * refuses by a {@link io.hodei.platform.DomainException}; whoever keeps something of it removes it.
 */
public record PipelineDeleting(long tenantId, long pipelineId, String name) {}

package io.hodei.agents.entity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An agent as lists show it.
 *
 * @param state ONLINE, OFFLINE, DRAINING or DISABLED
 * @param free slots without a job; 0 when offline
 * @param host JSON text: what the agent said of its host
 * @param sample JSON text: its newest resource sample
 */
public record AgentView(
    long id,
    String name,
    String state,
    List<String> pools,
    Map<String, String> labels,
    List<String> executors,
    int slots,
    int running,
    int free,
    String version,
    String host,
    String sample,
    @Nullable Integer node,
    @Nullable Long sessionId,
    @Nullable Instant connectedAt,
    Instant seenAt,
    Instant createdAt) {}

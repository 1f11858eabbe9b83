package io.hodei.agent.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the agent was told to be.
 *
 * @param servers addresses of nodes, at least one, as WebSocket URLs of the agent endpoint
 * @param spoolLimitBytes most bytes of unacknowledged output on disk
 * @param logLimitBytes most bytes kept per output stream; 0: no limit
 * @param drain how long running attempts may go on after SIGTERM
 */
public record AgentSettings(
    List<URI> servers,
    Token token,
    String name,
    List<String> pools,
    Map<String, String> labels,
    int slots,
    Path data,
    long spoolLimitBytes,
    long logLimitBytes,
    Optional<Path> trust,
    Duration drain) {}

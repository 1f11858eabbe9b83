package io.hodei.agents.entity;

import java.util.List;
import java.util.Map;

/** What an agent says of itself when it connects; {@code host} is JSON text. */
public record AgentIntroduction(
    String name,
    List<String> pools,
    Map<String, String> labels,
    List<String> executors,
    int slots,
    String version,
    String host) {}

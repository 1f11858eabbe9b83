package io.hodei.agent.link;

import io.hodei.agent.settings.AgentSettings;
import io.hodei.agent.spool.Session;
import io.hodei.agent.work.Attempts;
import io.hodei.protocol.Hwp;
import io.hodei.protocol.hwp.ClientFrame;
import io.hodei.protocol.hwp.Hello;
import io.hodei.protocol.hwp.HostInfo;

/** How the agent introduces itself. */
public record Greeting(AgentSettings settings, HostInfo host, String version) {
  ClientFrame hello(Session session, Attempts attempts) {
    return ClientFrame.newBuilder()
        .setHello(
            Hello.newBuilder()
                .setMinVersion(Hwp.MIN_VERSION)
                .setMaxVersion(Hwp.MAX_VERSION)
                .setAgentName(settings.name())
                .setSessionId(session.id())
                .setSessionSecret(session.secret())
                .setSlots(settings.slots())
                .addAllPools(settings.pools())
                .putAllLabels(settings.labels())
                .addAllExecutors(Attempts.executors())
                .setAgentVersion(version)
                .setHost(host)
                .addAllHeld(attempts.held()))
        .build();
  }
}

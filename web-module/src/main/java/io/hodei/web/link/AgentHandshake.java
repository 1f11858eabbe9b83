package io.hodei.web.link;

import io.hodei.security.Caller;
import io.hodei.security.Permission;
import io.hodei.security.TokenVerification;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Authenticates an agent by the bearer token of its WebSocket handshake. */
public class AgentHandshake extends ServerEndpointConfig.Configurator {
  private static final String CALLER = "hodei.caller";
  private static final String SCHEME = "Bearer ";

  @Override
  public void modifyHandshake(
      ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
    List<String> headers =
        request
            .getHeaders()
            .getOrDefault(
                "Authorization", request.getHeaders().getOrDefault("authorization", List.of()));
    Optional<Caller> caller =
        headers.stream()
            .filter(header -> header.startsWith(SCHEME))
            .findFirst()
            .flatMap(
                header ->
                    CDI.current()
                        .select(TokenVerification.class)
                        .get()
                        .verify(header.substring(SCHEME.length())))
            .filter(found -> found.may(Permission.AGENT_CONNECT));
    caller.ifPresentOrElse(
        found -> config.getUserProperties().put(CALLER, found),
        () -> config.getUserProperties().remove(CALLER));
  }

  /** Who the handshake found, or null when it found nobody who may connect agents. */
  static @Nullable Caller callerOf(Session session) {
    return session.getUserProperties().get(CALLER) instanceof Caller caller ? caller : null;
  }

  /** Endpoints are beans. */
  @Override
  public <T> T getEndpointInstance(Class<T> type) {
    return CDI.current().select(type).get();
  }
}

package io.hodei.web.link;

import io.hodei.dispatch.boundary.AgentConnections;
import io.hodei.dispatch.entity.AgentInbox;
import io.hodei.protocol.Hwp;
import io.hodei.security.Caller;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** One connection of an agent. The handshake has authenticated it, see {@link AgentHandshake}. */
@ServerEndpoint(
    value = Hwp.PATH,
    subprotocols = Hwp.SUBPROTOCOL,
    configurator = AgentHandshake.class)
@Dependent
public class AgentEndpoint {
  private static final Logger LOG = System.getLogger(AgentEndpoint.class.getName());

  private final AgentConnections connections;
  private @Nullable AgentInbox inbox;
  private @Nullable WebSocketChannel channel;

  @Inject
  public AgentEndpoint(AgentConnections connections) {
    this.connections = connections;
  }

  /** Takes the agent in, when its handshake proved who it is. */
  @OnOpen
  public void open(Session session) throws IOException {
    Caller caller = AgentHandshake.callerOf(session);
    if (caller == null) {
      session.close(
          new CloseReason(CloseReason.CloseCodes.VIOLATED_POLICY, "A token of an agent is needed"));
      return;
    }
    session.setMaxBinaryMessageBufferSize(Hwp.MAX_FRAME_BYTES + 1024);
    session.setMaxTextMessageBufferSize(1024);
    session.setMaxIdleTimeout(0); // AgentConnections cuts who is silent
    channel = new WebSocketChannel(session);
    inbox = connections.open(caller, channel);
  }

  /** A frame. */
  @OnMessage(maxMessageSize = Hwp.MAX_FRAME_BYTES)
  public void message(byte[] bytes) {
    if (inbox != null) {
      inbox.receive(bytes);
    }
  }

  @OnClose
  public void close() {
    if (channel != null) {
      channel.gone();
    }
    if (inbox != null) {
      inbox.closed();
    }
  }

  @OnError
  public void error(Throwable thrown) {
    LOG.log(Level.DEBUG, "The connection of an agent broke", thrown);
  }
}

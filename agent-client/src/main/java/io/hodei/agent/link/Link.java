package io.hodei.agent.link;

import io.hodei.agent.host.HostSampler;
import io.hodei.agent.settings.AgentSettings;
import io.hodei.agent.settings.SettingsReader;
import io.hodei.protocol.hwp.Welcome;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the agent connected with some node until it is stopped, and goes to another when it must.
 */
public final class Link {
  private static final System.Logger LOG = System.getLogger(Link.class.getName());

  private final Greeting greeting;
  private final Quarters quarters;
  private final Consumer<Boolean> drain;
  private final Function<URI, HttpClient> clients;
  private final HostSampler sampler;
  private final Endpoints endpoints;
  private volatile boolean stopping;
  private volatile @Nullable Conversation current;
  private volatile boolean connected;
  private boolean everWelcome;

  /**
   * @param clients the client for an address
   * @param drain called when the server wants the agent to take no new work; true: and to end
   */
  public Link(
      Greeting greeting,
      Quarters quarters,
      Function<URI, HttpClient> clients,
      Consumer<Boolean> drain) {
    AgentSettings settings = greeting.settings();
    this.greeting = greeting;
    this.quarters = quarters;
    this.clients = clients;
    this.drain = drain;
    this.sampler = new HostSampler(settings.data());
    this.endpoints = new Endpoints(settings.servers(), RandomGenerator.getDefault());
  }

  /**
   * Runs until {@link #stop}.
   *
   * @throws RefusedException when no node will ever take this agent as it is
   */
  public void run() throws RefusedException, InterruptedException {
    quarters.outbox().servedBy(Thread.currentThread());
    quarters.spool().onAppend(quarters.outbox()::wake);
    while (!stopping) {
      URI uri = endpoints.current();
      try {
        visit(uri);
      } catch (LinkFailure e) {
        pause(uri, e);
      } finally {
        connected = false;
        current = null;
      }
    }
  }

  /** Leaves the node with a goodbye and ends {@link #run}. */
  public void stop() {
    stopping = true;
    quarters.outbox().wake();
  }

  public boolean connected() {
    return connected;
  }

  /** Tells the node at once what has changed (free slots, draining). */
  public void beatSoon() {
    Conversation conversation = current;
    if (conversation != null) {
      conversation.beatSoon();
      quarters.outbox().wake();
    }
  }

  private void visit(URI uri) throws LinkFailure, RefusedException, InterruptedException {
    Conversation conversation =
        new Conversation(quarters, sampler, drain, nodes -> endpoints.works(uris(nodes)));
    quarters.outbox().clear();
    try (Connection connection = open(uri, conversation)) {
      Welcome welcome = conversation.begin(connection, greeting);
      everWelcome = true;
      endpoints.works(uris(welcome.getOtherNodesList()));
      LOG.log(
          Level.INFO,
          "connected with node {0} at {1}, session {2}",
          welcome.getNode(),
          uri,
          welcome.getResumed() ? "resumed" : "new");
      current = conversation;
      connected = true;
      conversation.hold(connection, () -> stopping);
      conversation.bye(connection, "the agent was stopped");
    } catch (RefusedException e) {
      if (!everWelcome) {
        throw e;
      }
      throw new LinkFailure(e.getMessage() + "; trying again, as a node took this agent before");
    }
  }

  private Connection open(URI uri, Conversation conversation)
      throws LinkFailure, RefusedException, InterruptedException {
    String token;
    try {
      token = greeting.settings().token().read();
    } catch (IOException e) {
      throw new LinkFailure("the token file cannot be used: " + e);
    }
    return Connection.open(
        clients.apply(uri), uri, token, conversation::hear, quarters.outbox()::wake);
  }

  private static List<URI> uris(List<String> addresses) {
    List<URI> others = new ArrayList<>();
    for (String address : addresses) {
      try {
        others.add(SettingsReader.endpoint(address));
      } catch (IllegalArgumentException e) {
        LOG.log(Level.WARNING, "the node named another node that cannot be: {0}", e.getMessage());
      }
    }
    return others;
  }

  private void pause(URI uri, LinkFailure failure) {
    boolean worked = connected;
    Duration wait = worked ? Duration.ZERO : endpoints.failed();
    if (worked) {
      endpoints.left();
    }
    LOG.log(
        failure.leaving() ? Level.INFO : Level.WARNING,
        "left {0}: {1}; next {2} in {3} ms",
        uri,
        failure.getMessage(),
        endpoints.current(),
        wait.toMillis());
    long until = System.nanoTime() + wait.toNanos();
    while (!stopping && System.nanoTime() - until < 0) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
  }
}

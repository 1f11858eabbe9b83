package io.hodei.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.agents.boundary.AgentSessions;
import io.hodei.agents.control.SessionRows;
import io.hodei.agents.entity.AgentIntroduction;
import io.hodei.agents.entity.SessionGrant;
import io.hodei.agents.entity.SessionGrant.Denied;
import io.hodei.agents.entity.SessionGrant.Granted;
import io.hodei.platform.Database;
import io.hodei.platform.Ids;
import io.hodei.security.Caller;
import io.hodei.security.Role;
import io.hodei.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets a session when an agent of the same name has one. */
class SessionOpeningTest {
  private static final Caller CALLER =
      new Caller(1, "one", 1, "test", Role.AGENT, Role.AGENT.permissions());
  private static final AgentIntroduction AGENT =
      new AgentIntroduction("a", List.of("default"), Map.of(), List.of("process"), 4, "1", "{}");
  private static final byte[] SECRET = {1};
  private static final byte[] NONE = {};
  private static final int NODE = 3;
  private static final TestDatabase DATABASE = TestDatabase.create();

  private final Database admin = DATABASE.admin();
  private final Ids ids = new Ids();
  private final AgentSessions sessions = new AgentSessions(DATABASE.engine(), new SessionRows(ids));

  @BeforeEach
  void empty() {
    ids.assign(NODE, Duration.ofMinutes(1));
    admin
        .sql("truncate agents, agent_sessions, jobs, job_specs, demands, pools, tenants cascade")
        .execute();
    admin.sql("insert into tenants (id, name) values (1, 't')").execute();
  }

  /** A Hello of an agent that knows of no session. */
  private SessionGrant hello() {
    return sessions.open(CALLER, AGENT, NODE, 0, NONE, SECRET);
  }

  /** Lets everything in the sessions be so many seconds older. */
  private void later(int seconds) {
    admin
        .sql(
            """
            update agent_sessions
               set started_at = started_at - make_interval(secs => :s), renewed_until = renewed_until - make_interval(secs => :s)
            """)
        .set("s", (double) seconds)
        .update();
  }

  private static long session(SessionGrant grant) {
    return ((Granted) grant).sessionId();
  }

  @Test
  void an_agent_that_missed_the_answer_to_its_hello_gets_a_new_session_within_seconds() {
    long missed = session(hello());
    later(2);
    assertThat(hello()).isInstanceOf(Denied.class);
    later(4);
    SessionGrant second = hello();
    assertThat(second).isInstanceOf(Granted.class);
    assertThat(session(second)).isNotEqualTo(missed);
    assertThat(sessions.openSessions()).containsOnlyKeys(session(second));
  }

  @Test
  void the_doubted_session_gets_no_jobs_unless_its_agent_renews_it() {
    long first = session(hello());
    hello();
    assertThat(live(first)).isFalse();
    sessions.renew(NODE, Map.of(first, 1));
    assertThat(live(first)).isTrue();
  }

  @Test
  void an_agent_that_renews_keeps_its_name() {
    long first = session(hello());
    hello();
    sessions.renew(NODE, Map.of(first, 1));
    later(4);
    assertThat(hello()).isInstanceOf(Denied.class);
    assertThat(sessions.openSessions()).containsOnlyKeys(first);
    assertThat(live(first)).isTrue();
  }

  @Test
  void a_session_that_was_resumed_once_is_known_to_its_agent() {
    long first = session(hello());
    sessions.open(CALLER, AGENT, NODE, first, SECRET, NONE);
    hello();
    later(4);
    assertThat(hello()).isInstanceOf(Denied.class);
    assertThat(sessions.openSessions()).containsOnlyKeys(first);
  }

  @Test
  void a_session_that_holds_a_job_is_left_to_the_reaper() {
    long first = session(hello());
    held(first);
    hello();
    assertThat(live(first)).isTrue();
    later(14);
    assertThat(hello()).isInstanceOf(Denied.class);
    assertThat(sessions.openSessions()).containsOnlyKeys(first);
  }

  private boolean live(long session) {
    return admin
        .sql("select renewed_until > clock_timestamp() as live from agent_sessions where id = :id")
        .set("id", session)
        .one(row -> row.flag("live"));
  }

  private void held(long session) {
    admin
        .sql("insert into job_specs (id, tenant_id, digest, document) values (1, 1, '', '{}')")
        .execute();
    admin
        .sql(
            "insert into demands (id, tenant_id, pool, executor, digest) values (1, 1, 'default', 'process', '')")
        .execute();
    admin
        .sql(
            """
            insert into jobs (id, tenant_id, spec_id, demand_id, state, epoch, session_id, name, available_at, created_at)
            values (1, 1, 1, 1, 'LEASED', 1, :session, 'job', now(), now())
            """)
        .set("session", session)
        .execute();
  }
}

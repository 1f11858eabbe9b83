package io.hodei.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.it.testing.Answer;
import io.hodei.it.testing.Api;
import io.hodei.it.testing.Database;
import io.hodei.it.testing.Jobs;
import io.hodei.it.testing.SharedCluster;
import io.hodei.platform.Id;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Output that somebody changes in the database after it was sealed. */
@Order(3)
class DamagedLogIT {
  private Api api = SharedCluster.api();
  private Jobs jobs = new Jobs(api);
  private Database database = Database.of(SharedCluster.get());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_changed_byte_is_told_instead_of_given_out() {
    String id = ended("echo one; echo two >&2");
    change(id, "set data = convert_to('eno' || chr(10), 'UTF8') where stream = 1");

    for (String query : new String[] {"", "?stream=stdout"}) {
      Answer answer = api.get("/jobs/" + id + "/logs/download" + query).expect(500);
      assertThat(answer.isProblem()).isTrue();
      assertThat(answer.json().getString("code")).isEqualTo("damaged");
      assertThat(answer.json().getString("detail")).contains(id, "SHA-256 of stdout", "backup");
    }
    assertThat(api.get("/jobs/" + id + "/logs/download?stream=stderr").expect(200).text())
        .isEqualTo("two\n");
    assertThat(jobs.log(id, "stdout")).isEqualTo("eno\n");
  }

  @Test
  void a_missing_part_is_told() {
    String id = ended("echo one");
    change(id, "set data = convert_to('on', 'UTF8'), lines = 0 where stream = 1");

    Answer answer = api.get("/jobs/" + id + "/logs/download").expect(500);
    assertThat(answer.json().getString("code")).isEqualTo("damaged");
    assertThat(answer.json().getString("detail")).contains("2 bytes are missing");
  }

  /** Its beginning has been sent when the damage is found. */
  @Test
  void a_long_output_is_cut_off() {
    String id = ended("head -c 5000000 /dev/zero | tr '\\0' x");
    assertThat(api.get("/jobs/" + id + "/logs/download").expect(200).bytes()).hasSize(5_000_000);
    change(
        id,
        "set data = set_byte(data, 0, 121) where position = (select max(position) from log_chunks where job_id = %d)"
            .formatted(Id.parse(id)));

    long begin = System.nanoTime();
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> api.get("/jobs/" + id + "/logs/download"))
          .isInstanceOf(UncheckedIOException.class);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(25));
    api.get("/me").expect(200);
  }

  private String ended(String script) {
    String id = jobs.submit(Jobs.script("damaged", script));
    assertThat(jobs.awaitEnd(id).getString("state")).isEqualTo("SUCCEEDED");
    return id;
  }

  private void change(String id, String how) {
    database.execute("update log_chunks " + how + " and job_id = " + Id.parse(id));
  }
}

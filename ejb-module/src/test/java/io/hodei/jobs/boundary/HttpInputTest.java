package io.hodei.jobs.boundary;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.jobs.control.SpecDocument;
import io.hodei.jobs.entity.CloudRunSpec;
import io.hodei.jobs.entity.HttpSpec;
import io.hodei.jobs.entity.NewJob;
import io.hodei.json.JsonReader;
import io.hodei.platform.DomainException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpInputTest {
  private static final String WHOLE =
      """
      {"name":"call","timeouts":{"run":"1h"},"spec":{"http":{
        "method":"POST","url":"https://api.example.com:8443/v1/run?key=${{ secrets.key }}",
        "headers":{"Accept":"application/json","Authorization":{"secret":"api-token"},"X-Both":"a ${{ secrets.b }} c"},
        "body":{"n":1,"text":"${{ secrets.c }}","list":[true,null]},
        "timeout":"5s","success":"status == 202",
        "poll":{"urlFrom":"body.url","interval":"2s","done":"body.state != 'running'","success":"body.state == 'done'"},
        "cancel":{"method":"POST","url":"https://api.example.com/stop"}}}}
      """;

  @Test
  void a_whole_call_is_read_and_keeps_only_the_names_of_secrets() {
    NewJob job = read(WHOLE);

    assertThat(job.spec().executor()).isEqualTo("http");
    HttpSpec spec = (HttpSpec) requireNonNull(job.spec().external());
    assertThat(spec.headers())
        .isEqualTo(
            Map.of(
                "Accept", "application/json",
                "Authorization", "${{ secrets.api-token }}",
                "X-Both", "a ${{ secrets.b }} c"));
    assertThat(spec.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(requireNonNull(spec.poll()).interval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(spec.cancel()).isNotNull();
  }

  @Test
  void what_is_stored_is_what_was_read() {
    NewJob job = read(WHOLE);
    assertThat(SpecDocument.read(SpecDocument.write(job.spec())).external())
        .isEqualTo(job.spec().external());

    NewJob run =
        read(
            """
            {"name":"r","spec":{"executor":"cloud-run","cloudRun":{"project":"my-project","region":"europe-west1","job":"nightly",
             "args":["a",""],"environment":{"A":"b"},"taskCount":3,"taskTimeout":"10m","interval":"5s"}}}
            """);
    assertThat(run.spec().external()).isInstanceOf(CloudRunSpec.class);
    assertThat(SpecDocument.read(SpecDocument.write(run.spec())).external())
        .isEqualTo(run.spec().external());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"url":"ftp://a/"}                                              | /spec/http/url       | must be an absolute http or https address
          {"url":"/relative"}                                             | /spec/http/url       | must be an absolute
          {"url":"http://user:pw@a/"}                                     | /spec/http/url       | must not hold a user
          {"url":"http://a/#x"}                                           | /spec/http/url       | must not have a fragment
          {"url":"http://a:70000/"}                                       | /spec/http/url       | has a port
          {"url":"http://${{ secrets.host }}/"}                           | /spec/http/url       | only after the host
          {"url":"http://a${{ secrets.host }}/"}                          | /spec/http/url       | only after the host
          {"url":"http://a/${{ params.x }}"}                              | /spec/http/url       | no ${{ secrets.name }}
          {}                                                              | /spec/http/url       | is required
          {"url":"http://a/","method":"TRACE"}                            | /spec/http/method    | must be one of
          {"url":"http://a/","headers":{"Host":"b"}}                      | /spec/http/headers/Host | is set by the server itself
          {"url":"http://a/","headers":{"Idempotency-Key":"b"}}           | /spec/http/headers/Idempotency-Key | is set by the server itself
          {"url":"http://a/","headers":{"A b":"c"}}                       | /spec/http/headers/A b | is not the name of a header
          {"url":"http://a/","headers":{"A":"c\\r\\nB: d"}}               | /spec/http/headers/A | visible ASCII
          {"url":"http://a/","headers":{"A":"1","a":"2"}}                 | /spec/http/headers/a | is there twice
          {"url":"http://a/","headers":{"A":{"secret":"x y"}}}            | /spec/http/headers/A/secret | is not the name of a secret
          {"url":"http://a/","headers":{"A":{"secret":"x","b":1}}}        | /spec/http/headers/A/b | is not known here
          {"url":"http://a/","body":"x"}                                  | /spec/http/body      | cannot be sent with GET
          {"url":"http://a/","success":"status = 200"}                    | /spec/http/success   | line 1, column
          {"url":"http://a/","success":"state == 200"}                    | /spec/http/success   | known are status, headers, body
          {"url":"http://a/","success":"status + 1"}                      | /spec/http/success   | must give true or false
          {"url":"http://a/","poll":{"url":"http://a/"}}                  | /spec/http/poll/done | is required
          {"url":"http://a/","poll":{"done":"true"}}                      | /spec/http/poll/url  | is required, or urlFrom
          {"url":"http://a/","poll":{"done":"true","url":"http://a/","urlFrom":"body.u"}} | /spec/http/poll/url | together with urlFrom
          {"url":"http://a/","cancel":{"urlFrom":"status"}}               | /spec/http/cancel/urlFrom | must give a text
          {"url":"http://a/","timeout":"1h"}                              | /spec/http/timeout   | must be in
          {"url":"http://a/","redirects":true}                            | /spec/http/redirects | is not known here
          """)
  void each_mistake_has_its_place_and_sentence(String http, String pointer, String message) {
    assertRefused("{\"name\":\"x\",\"spec\":{\"http\":%s}}".formatted(http), pointer, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"executor":"http"}                                             | /spec/http     | is required by the executor http
          {"executor":"cloud-run","http":{"url":"http://a/"}}             | /spec/cloudRun | is required by the executor cloud-run
          {"executor":"process","http":{"url":"http://a/"}}               | /spec/executor | must be http with
          {"http":{"url":"http://a/"},"command":["x"]}                    | /spec/command  | is for agents
          {"http":{"url":"http://a/"},"cloudRun":{"project":"pp","region":"r","job":"j"}} | /spec/cloudRun | together with http
          {"cloudRun":{"project":"../x","region":"r","job":"j"}}          | /spec/cloudRun/project | is not the name of a project
          {"cloudRun":{"project":"pp","region":"r/x","job":"j"}}          | /spec/cloudRun/region | is not the name of a region
          {"cloudRun":{"project":"pp","region":"r","job":"J"}}            | /spec/cloudRun/job | is not the name of a job
          {"cloudRun":{"project":"pp","region":"r","job":"j","environment":{"HODEI_X":"1"}}} | /spec/cloudRun/environment/HODEI_X | sets itself
          """)
  void executors_and_their_members_belong_together(String spec, String pointer, String message) {
    assertRefused("{\"name\":\"x\",\"spec\":%s}".formatted(spec), pointer, message);
  }

  @Test
  void labels_of_agents_cannot_be_required() {
    assertRefused(
        "{\"name\":\"x\",\"requires\":{\"gpu\":\"1\"},\"spec\":{\"http\":{\"url\":\"http://a/\"}}}",
        "/requires",
        "names labels of agents");
  }

  private static void assertRefused(String json, String pointer, String message) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            DomainException.class,
            refusal ->
                assertThat(refusal.errors())
                    .anySatisfy(
                        error -> {
                          assertThat(error.pointer()).isEqualTo(pointer);
                          assertThat(error.message()).contains(message);
                        }));
  }

  private static NewJob read(String json) {
    return JobInput.read(JsonReader.read(json.getBytes(StandardCharsets.UTF_8)));
  }
}

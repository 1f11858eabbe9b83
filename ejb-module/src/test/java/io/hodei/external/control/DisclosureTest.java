package io.hodei.external.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.json.Json;
import io.hodei.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DisclosureTest {
  private static final String KEY = "s3cr\"et/+ä";
  private final Disclosure secrets =
      new Disclosure(name -> Optional.ofNullable(Map.of("key", KEY, "short", "s3cr").get(name)));

  @Test
  void a_secret_takes_the_form_of_its_place() throws Exception {
    assertThat(secrets.text("Bearer ${{ secrets.key }}!")).isEqualTo("Bearer " + KEY + "!");
    assertThat(secrets.url("http://a/?k=${{secrets.key}}"))
        .isEqualTo("http://a/?k=s3cr%22et%2F%2B%C3%A4");
    assertThat(secrets.json(new Json.Arr(java.util.List.of(new Json.Text("${{ secrets.key }}")))))
        .isEqualTo(new Json.Arr(java.util.List.of(new Json.Text(KEY))));
    assertThat(secrets.text("$${{ secrets.key }}")).isEqualTo("${{ secrets.key }}");
  }

  @Test
  void nothing_kept_shows_a_secret_in_any_form() throws Exception {
    secrets.text("${{ secrets.short }}${{ secrets.key }}");
    String base64 =
        Base64.getEncoder().encodeToString(KEY.getBytes(StandardCharsets.UTF_8)).replace("=", "");
    String json = new JsonWriter().value(KEY).toString();
    String answer = "a " + KEY + " b s3cr%22et%2F%2B%C3%A4 c " + base64 + " d " + json + " e s3cr";

    assertThat(secrets.mask(answer)).isEqualTo("a *** b *** c *** d \"***\" e ***");
    assertThat(
            new String(
                secrets.mask(answer.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8))
        .isEqualTo("a *** b *** c *** d \"***\" e ***");
  }

  @Test
  void bytes_that_hold_none_stay_as_they_are() throws Exception {
    byte[] bytes = {0, (byte) 0xff, (byte) 0xc3, 1};
    secrets.text("${{ secrets.key }}");
    assertThat(secrets.mask(bytes)).isSameAs(bytes);
  }

  @Test
  void an_address_is_stored_with_names_and_read_back_with_secrets() throws Exception {
    String used = secrets.url("http://a/?k=${{ secrets.key }}");
    String stored = secrets.hide(used + "&state=1");

    assertThat(stored).isEqualTo("http://a/?k=${{ secrets.key }}&state=1");
    assertThat(secrets.url(stored)).isEqualTo(used + "&state=1");
  }

  @Test
  void a_missing_secret_is_named() {
    assertThatThrownBy(() -> secrets.text("${{ secrets.other }}"))
        .isInstanceOf(Disclosure.Missing.class)
        .hasMessageContaining("The secret other is not there")
        .hasMessageContaining("hodei.secrets.directory");
  }
}

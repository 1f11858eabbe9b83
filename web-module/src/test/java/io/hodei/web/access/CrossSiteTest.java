package io.hodei.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.web.testing.FakeExchange;
import jakarta.servlet.http.Cookie;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may act with the cookie of a login: only pages of this origin that show its value. */
class CrossSiteTest {
  private static final String SECRET = "s".repeat(43);

  private static FakeExchange request(String method) {
    return new FakeExchange(method).header("Host", "node.example:8080");
  }

  private static boolean passes(FakeExchange exchange) {
    return CrossSite.refusal(exchange.request(), SECRET).isEmpty();
  }

  private static FakeExchange change() {
    return request("POST").header(CrossSite.HEADER, CrossSite.valueFor(SECRET));
  }

  @Test
  void a_change_from_a_page_of_this_origin_with_the_value_passes() {
    assertThat(
            passes(
                change()
                    .header("Origin", "http://node.example:8080")
                    .header("Sec-Fetch-Site", "same-origin")))
        .isTrue();
    assertThat(passes(change().header("Origin", "https://NODE.example:8080"))).isTrue();
    assertThat(passes(change().header("Sec-Fetch-Site", "same-origin"))).isTrue();
  }

  @Test
  void ports_that_go_without_saying_are_the_same() {
    assertThat(
            passes(
                change().header("Host", "node.example").header("Origin", "https://node.example")))
        .isTrue();
    assertThat(
            passes(
                change()
                    .header("Host", "node.example:443")
                    .header("Origin", "https://node.example")))
        .isTrue();
    assertThat(
            passes(
                change()
                    .header("Host", "node.example:443")
                    .header("Origin", "http://node.example")))
        .isFalse();
    assertThat(passes(change().header("Host", "[::1]:80").header("Origin", "http://[::1]")))
        .isTrue();
  }

  @Test
  void a_change_from_anywhere_else_is_refused_also_with_the_value() {
    for (String origin :
        List.of(
            "null",
            "",
            "http://evil.example",
            "http://node.example",
            "http://node.example:8081",
            "http://node.example:8080.evil.example",
            "http://node.example.evil.example:8080",
            "http://evil.node.example:8080",
            "http://node.example:8080@evil.example",
            "http://user@node.example:8080",
            "http://node.example:8080/",
            "http://node.example:8080/x",
            "http://node.example:8080 http://evil.example",
            "file://node.example:8080",
            "http://xn--nde-6na.example:8080",
            "node.example:8080")) {
      assertThat(passes(change().header("Origin", origin).header("Sec-Fetch-Site", "same-origin")))
          .as(origin)
          .isFalse();
    }
    for (String site : List.of("cross-site", "same-site", "none", "", "Same-Origin")) {
      assertThat(
              passes(
                  change()
                      .header("Origin", "http://node.example:8080")
                      .header("Sec-Fetch-Site", site)))
          .as(site)
          .isFalse();
    }
    assertThat(passes(change())).as("neither says where it comes from").isFalse();
  }

  @Test
  void a_change_without_the_value_or_with_that_of_another_login_is_refused() {
    for (String value :
        List.of("", "x", CrossSite.valueFor("t".repeat(43)), CrossSite.valueFor(SECRET) + "x")) {
      assertThat(
              passes(
                  request("DELETE")
                      .header("Origin", "http://node.example:8080")
                      .header(CrossSite.HEADER, value)))
          .as(value)
          .isFalse();
    }
    assertThat(passes(request("POST").header("Origin", "http://node.example:8080"))).isFalse();
  }

  @Test
  void a_look_is_refused_only_to_pages_of_other_origins() {
    assertThat(passes(request("GET"))).isTrue();
    assertThat(passes(request("GET").header("Sec-Fetch-Site", "none"))).isTrue();
    assertThat(passes(request("GET").header("Sec-Fetch-Site", "same-origin"))).isTrue();
    assertThat(passes(request("GET").header("Sec-Fetch-Site", "same-site"))).isFalse();
    assertThat(passes(request("GET").header("Origin", "http://evil.example"))).isFalse();
  }

  @Test
  void a_page_of_another_origin_logs_nobody_in() {
    assertThat(CrossSite.refusalOfLogin(request("POST").request())).isEmpty();
    assertThat(
            CrossSite.refusalOfLogin(
                request("POST").header("Origin", "http://node.example:8080").request()))
        .isEmpty();
    assertThat(
            CrossSite.refusalOfLogin(
                request("POST").header("Origin", "http://evil.example").request()))
        .isPresent();
    assertThat(
            CrossSite.refusalOfLogin(
                request("POST").header("Sec-Fetch-Site", "cross-site").request()))
        .isPresent();
  }

  @Test
  void the_value_tells_nothing_of_the_cookie_and_is_another_for_each() {
    assertThat(CrossSite.valueFor(SECRET))
        .hasSize(43)
        .doesNotContain(SECRET)
        .isEqualTo(CrossSite.valueFor(SECRET))
        .isNotEqualTo(CrossSite.valueFor(SECRET.substring(1) + "t"));
  }

  @Test
  void a_header_decides_alone_and_a_cookie_counts_for_the_api_only() {
    Cookie cookie = new Cookie(Credentials.COOKIE, SECRET);
    assertThat(Credentials.of(request("GET").cookies(cookie).request(), "/api/v1/jobs"))
        .contains(new Credentials(Credentials.Kind.SESSION, SECRET));
    for (String path : List.of("/metrics", "/agent/v1", "/health/ready", "/api/v2/jobs", "/")) {
      assertThat(Credentials.of(request("GET").cookies(cookie).request(), path)).as(path).isEmpty();
    }
    assertThat(
            Credentials.of(
                request("GET").cookies(cookie).header("Authorization", "Bearer hod_x").request(),
                "/api/v1/jobs"))
        .contains(new Credentials(Credentials.Kind.TOKEN, "hod_x"));
    assertThat(
            Credentials.of(
                request("GET").cookies(cookie).header("Authorization", "Basic x").request(),
                "/api/v1/jobs"))
        .isEmpty();
    assertThat(Credentials.of(request("GET").cookies(cookie, cookie).request(), "/api/v1/jobs"))
        .isEmpty();
    assertThat(new Credentials(Credentials.Kind.SESSION, SECRET).toString()).doesNotContain(SECRET);
  }
}

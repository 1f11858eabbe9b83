package io.hodei.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SecretFindingsTest {
  private final SecretFindings<String> findings =
      new SecretFindings<>(secret -> secret.length() == 5, Duration.ofMinutes(1));
  private final AtomicInteger lookUps = new AtomicInteger();

  private Function<byte[], Optional<String>> answer(Optional<String> owner) {
    return hash -> {
      lookUps.incrementAndGet();
      return owner;
    };
  }

  @Test
  void what_was_found_is_remembered_and_not_looked_up_again() {
    assertThat(findings.remembered("right")).isEmpty();
    assertThat(findings.find("right", answer(Optional.of("ann")))).contains("ann");
    assertThat(findings.remembered("right")).contains("ann");
    assertThat(findings.find("right", answer(Optional.of("bob")))).contains("ann");
    assertThat(findings.remembered("wrong")).isEmpty();
    assertThat(lookUps).hasValue(1);
  }

  @Test
  void what_is_forgotten_is_looked_up_again() {
    findings.find("right", answer(Optional.of("ann")));
    findings.forget("bob"::equals);
    assertThat(findings.remembered("right")).contains("ann");
    findings.forget("ann"::equals);
    assertThat(findings.remembered("right")).isEmpty();
    assertThat(findings.find("right", answer(Optional.empty()))).isEmpty();
  }

  @Test
  void what_was_revoked_while_it_was_looked_up_is_not_remembered() {
    findings.find(
        "right",
        hash -> {
          findings.forget("ann"::equals);
          return Optional.of("ann");
        });
    assertThat(findings.remembered("right")).isEmpty();
  }

  @Test
  void an_unknown_secret_is_looked_up_once_for_many_requests_and_no_secret_never() {
    for (int i = 0; i < 10; i++) {
      assertThat(findings.find("wrong", answer(Optional.empty()))).isEmpty();
      assertThat(findings.find("no secret", answer(Optional.of("ann")))).isEmpty();
    }
    assertThat(findings.remembered("wrong")).isEmpty();
    assertThat(lookUps).hasValue(1);
  }
}

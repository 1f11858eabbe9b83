package io.hodei.web.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoginAttemptsTest {
  private final AtomicLong nanos = new AtomicLong(-Duration.ofDays(1).toNanos());
  private final LoginAttempts attempts = new LoginAttempts(nanos::get);

  private void spend(String address, int times) {
    for (int i = 0; i < times; i++) {
      attempts.refuseTooMany(address);
      attempts.wrong(address);
    }
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void assertRefused(String address) {
    assertThatThrownBy(() -> attempts.refuseTooMany(address))
        .isInstanceOfSatisfying(
            DomainException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS));
  }

  @Test
  void who_has_spent_all_attempts_waits_and_gets_one_at_a_time() {
    spend("a", LoginAttempts.AT_HAND);
    assertRefused("a");
    pass(Duration.ofSeconds(3));
    spend("a", 1);
    assertRefused("a");
    pass(Duration.ofSeconds(2));
    assertRefused("a");
    pass(Duration.ofSeconds(1));
    spend("a", 1);
    assertRefused("a");
  }

  @Test
  void parts_of_an_attempt_are_not_lost() {
    spend("a", LoginAttempts.AT_HAND);
    for (int i = 0; i < 6; i++) {
      pass(Duration.ofMillis(1500));
      attempts.wrong("a");
    }
    // Nine seconds gave three back, six were spent.
    pass(Duration.ofSeconds(9));
    assertRefused("a");
    pass(Duration.ofSeconds(3));
    assertThatCode(() -> attempts.refuseTooMany("a")).doesNotThrowAnyException();
  }

  @Test
  void one_address_does_not_lock_out_another() {
    spend("a", LoginAttempts.AT_HAND);
    assertThatCode(() -> attempts.refuseTooMany("b")).doesNotThrowAnyException();
  }

  @Test
  void a_flood_of_addresses_takes_a_bounded_place() {
    for (int i = 0; i < 3 * LoginAttempts.REMEMBERED; i++) {
      attempts.wrong("address-" + i);
    }
    assertThat(attempts.size()).isEqualTo(LoginAttempts.REMEMBERED);
  }
}

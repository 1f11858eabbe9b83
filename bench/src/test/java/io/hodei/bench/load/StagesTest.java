package io.hodei.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StagesTest {
  @ParameterizedTest
  @CsvSource({
    "0,0", "60,50", "120,100", "400,100", "480,150", "540,200", "800,200", "870,100", "900,0"
  })
  void users_follow_the_stages(int seconds, int users) {
    assertThat(Stages.usual(1).usersAt(Duration.ofSeconds(seconds))).isEqualTo(users);
  }

  @Test
  void a_scale_shortens_every_stage() {
    assertThat(Stages.usual(0.1).length()).isEqualTo(Duration.ofSeconds(90));
    assertThat(Stages.usual(0.1).usersAt(Duration.ofSeconds(12))).isEqualTo(100);
  }
}

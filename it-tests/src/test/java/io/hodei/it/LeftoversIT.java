package io.hodei.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.cli.dev.DevCluster;
import io.hodei.it.testing.Host;
import io.hodei.it.testing.SharedCluster;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The last class: ends what the others shared and looks for what they left. */
@Order(Integer.MAX_VALUE)
class LeftoversIT {
  @Test
  void nothing_runs_on_when_the_clusters_have_ended() {
    SharedCluster.close();

    assertThat(DevCluster.running(SharedCluster.directory())).isEmpty();
    assertThat(Host.withCommandLine(SharedCluster.parent().toString())).isEmpty();
    assertThat(Host.withEnvironment(SharedCluster.parent().toString())).isEmpty();
  }
}

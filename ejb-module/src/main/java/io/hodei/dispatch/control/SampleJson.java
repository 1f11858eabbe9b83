package io.hodei.dispatch.control;

import io.hodei.protocol.hwp.Heartbeat;
import io.hodei.protocol.hwp.ResourceSample;
import java.util.Locale;

/** A resource sample as the JSON text that lists show. */
final class SampleJson {
  private SampleJson() {}

  static String write(Heartbeat beat) {
    ResourceSample sample = beat.getSample();
    double load = Double.isFinite(sample.getCpuLoad()) ? sample.getCpuLoad() : 0;
    return String.format(
        Locale.ROOT,
        "{\"cpuLoad\":%.3f,\"memoryUsedBytes\":%d,\"diskFreeBytes\":%d,\"spoolBytes\":%d,\"running\":%d,\"logLines\":%d,\"logBytes\":%d}",
        load,
        sample.getMemoryUsedBytes(),
        sample.getDiskFreeBytes(),
        sample.getSpoolBytes(),
        sample.getRunning(),
        sample.getLogLines(),
        sample.getLogBytes());
  }
}

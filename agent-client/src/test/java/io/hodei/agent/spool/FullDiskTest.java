package io.hodei.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import io.hodei.protocol.hwp.ClientFrame;
import io.hodei.protocol.hwp.LogChunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real file system of 4 MiB; skipped where the tests may not mount one. */
class FullDiskTest {
  private static final AttemptId ONE = new AttemptId(1, 1);
  private static final int FRAMES = 60;
  private static final long LIMIT = 4 << 20;

  @TempDir Path directory;

  @BeforeEach
  void mount() throws IOException {
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", directory.toString()));
  }

  @AfterEach
  void unmount() throws IOException {
    run("umount", directory.toString());
  }

  @Test
  void a_full_disk_makes_writers_wait_and_loses_nothing() throws Exception {
    Path ballast = Files.write(directory.resolve("ballast"), new byte[3 << 20]);
    AtomicLong written = new AtomicLong();
    try (Spool spool = new Spool(directory.resolve("spool"), LIMIT)) {
      spool.begin(new Session(1, ByteString.EMPTY));
      Thread writer = Thread.ofPlatform().start(() -> fill(spool, written));
      await().atMost(Duration.ofSeconds(5)).until(() -> stands(written));
      assertThat(written.get()).isLessThan(FRAMES);
      Files.delete(ballast);
      spool.acknowledge(written.get() / 2);
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () -> {
                spool.acknowledge(written.get());
                spool.flush();
                assertThat(written.get()).isEqualTo(FRAMES);
              });
      writer.join();
    }
    try (Spool spool = new Spool(directory.resolve("spool"), LIMIT)) {
      assertThat(spool.acked()).isEqualTo(FRAMES);
    }
  }

  @Test
  void every_frame_taken_before_the_disk_was_full_can_be_read_after_it_has_room() throws Exception {
    Path ballast = Files.write(directory.resolve("ballast"), new byte[3 << 20]);
    AtomicLong written = new AtomicLong();
    try (Spool spool = new Spool(directory.resolve("spool"), LIMIT)) {
      spool.begin(new Session(1, ByteString.EMPTY));
      Thread writer = Thread.ofPlatform().start(() -> fill(spool, written));
      await().atMost(Duration.ofSeconds(5)).until(() -> stands(written));
      Files.delete(ballast);
      writer.interrupt();
      writer.join();
      spool.flush();
      SpoolCursor cursor = spool.unacknowledged();
      for (long number = 1; number <= written.get(); number++) {
        SpooledFrame frame = cursor.next();
        assertThat(frame).isNotNull();
        assertThat(frame.number()).isEqualTo(number);
      }
    }
  }

  private static void fill(Spool spool, AtomicLong written) {
    try {
      for (int i = 0; i < FRAMES; i++) {
        LogChunk.Builder chunk =
            LogChunk.newBuilder()
                .setJobId(1)
                .setEpoch(1)
                .setSequence(i)
                .setData(ByteString.copyFrom(new byte[60_000]));
        spool.append(ONE, ClientFrame.newBuilder().setLog(chunk), false);
        written.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean stands(AtomicLong written) {
    long before = written.get();
    long until = System.nanoTime() + Duration.ofMillis(400).toNanos();
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
    return before > 0 && written.get() == before;
  }

  private static boolean run(String... command) throws IOException {
    return new ProcessBuilder(command).start().onExit().join().exitValue() == 0;
  }
}

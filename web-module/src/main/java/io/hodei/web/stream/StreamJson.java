package io.hodei.web.stream;

import io.hodei.json.JsonWriter;
import io.hodei.logs.LogChunk;
import io.hodei.logs.LogFollow;
import io.hodei.platform.Id;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The data of the events of a tail. */
final class StreamJson {
  private StreamJson() {}

  /** Output as text when its bytes are UTF-8, else as base64: never a byte changed. */
  static String chunk(LogChunk chunk) {
    JsonWriter out =
        new JsonWriter(chunk.data().length + 200)
            .object()
            .member("attempt", chunk.attempt())
            .member("sequence", chunk.sequence())
            .member("stream", chunk.stream().word())
            .member("offset", chunk.offset())
            .member("time", chunk.readAt());
    try {
      out.member("text", text(chunk.data()));
    } catch (CharacterCodingException e) {
      out.member("base64", Base64.getEncoder().encodeToString(chunk.data()));
    }
    return out.endObject().toString();
  }

  static String state(long jobId, LogFollow found) {
    return new JsonWriter()
        .object()
        .member("id", Id.format(jobId))
        .member("state", found.state())
        .member("attempt", found.epoch())
        .member("exitCode", found.exitCode())
        .member("signal", found.signal())
        .member("reason", found.reason())
        .endObject()
        .toString();
  }

  private static String text(byte[] data) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(data))
        .toString();
  }
}

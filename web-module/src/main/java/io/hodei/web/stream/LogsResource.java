package io.hodei.web.stream;

import io.hodei.logs.LogInfo;
import io.hodei.logs.LogLines;
import io.hodei.logs.LogPlace;
import io.hodei.logs.LogRange;
import io.hodei.logs.LogReading;
import io.hodei.logs.LogStream;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.Id;
import io.hodei.security.Caller;
import io.hodei.security.Permission;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.Query;
import io.hodei.web.http.Takes;
import io.hodei.web.jobs.JobIds;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The output of a job: a part of it, or all of it. */
@Path("/jobs/{id}/logs")
@Dependent
public class LogsResource {
  static final int MOST_BYTES = 1 << 20;
  private static final String PLAIN = "text/plain;charset=utf-8";

  private final CurrentCaller caller;
  private final LogReading reading;
  private final LogLines lines;
  private final Answers answers;

  @Inject
  public LogsResource(CurrentCaller caller, LogReading reading, LogLines lines, Answers answers) {
    this.caller = caller;
    this.reading = reading;
    this.lines = lines;
    this.answers = answers;
  }

  @GET
  @Produces(MediaType.TEXT_PLAIN)
  @Requires(Permission.LOGS_READ)
  @Takes({"stream", "attempt", "offset", "fromLine", "lines", "limit"})
  public Response range(
      @PathParam("id") String text,
      @HeaderParam("Range") @Nullable String header,
      @Context UriInfo uri) {
    long id = JobIds.id(text);
    LogQuery query = new LogQuery(new Query(uri));
    int attempt = query.attempt();
    LogStream stream = query.stream();
    long offset = query.number("offset", 0, 0, Long.MAX_VALUE - MOST_BYTES);
    long fromLine = query.number("fromLine", 0, 1, Long.MAX_VALUE);
    boolean numbered = query.flag("lines") || fromLine > 0;
    int limit = (int) query.number("limit", MOST_BYTES, 1, MOST_BYTES);
    query.refuse();
    Caller me = caller.get();
    if (numbered) {
      return numbered(new LogLines.Log(id, attempt, stream), fromLine, offset, limit);
    }
    if (stream != null && header != null) {
      LogInfo info = answers.read(() -> reading.info(me, id, attempt));
      Optional<ByteRange> wanted = ByteRange.parse(header, info.length(stream));
      if (wanted.isPresent()) {
        return part(me, id, info, stream, wanted.get());
      }
    }
    LogRange range = answers.read(() -> reading.range(me, id, attempt, stream, offset, limit));
    return described(Response.ok(range.data(), PLAIN), range, stream).build();
  }

  @GET
  @Path("download")
  @Produces(MediaType.TEXT_PLAIN)
  @Requires(Permission.LOGS_READ)
  @Takes({"stream", "attempt"})
  public Response download(
      @PathParam("id") String text, @Context UriInfo uri, @Context HttpServletRequest request) {
    long id = JobIds.id(text);
    LogQuery query = new LogQuery(new Query(uri));
    int attempt = query.attempt();
    LogStream stream = query.stream();
    query.refuse();
    Caller me = caller.get();
    LogInfo info = answers.read(() -> reading.info(me, id, attempt));
    LogDownload log = new LogDownload(reading, me, id, info, stream);
    byte[] first = answers.read(log::next);
    boolean cuttable = log.hasMore() && request.getProtocol().startsWith("HTTP/1");
    return Response.ok(log.hasMore() ? whole(first, log) : first, PLAIN)
        // Else who is cut off waits for the rest until the connection is idle for too long.
        .header("Connection", cuttable ? "close" : null)
        .header(HttpHeaders.CONTENT_LENGTH, info.length(stream))
        .header("Hodei-Log-State", info.state())
        .header("Hodei-Log-Length", info.length(stream))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"%s-%d%s.log\""
                .formatted(
                    Id.format(id), info.attempt(), stream == null ? "" : "-" + stream.word()))
        .build();
  }

  /** What cannot be read to its end is cut off: its length tells the client that there is more. */
  private static StreamingOutput whole(byte[] first, LogDownload log) {
    return output -> {
      output.write(first);
      try {
        while (log.hasMore()) {
          output.write(log.next());
        }
      } catch (DomainException e) {
        throw new IOException("The download was cut off: " + e.getMessage(), e);
      }
    };
  }

  /** The part at a line, or at an offset, with the number of its line; a Range is not looked at. */
  private Response numbered(LogLines.Log log, long fromLine, long offset, int limit) {
    Caller me = caller.get();
    LogPlace place =
        answers.read(
            () -> fromLine > 0 ? lines.ofLine(me, log, fromLine) : lines.ofOffset(me, log, offset));
    LogRange range =
        answers.read(
            () ->
                reading.range(
                    me, log.jobId(), place.attempt(), log.stream(), place.offset(), limit));
    return described(Response.ok(range.data(), PLAIN), range, log.stream())
        .header("Hodei-Log-Line", place.line())
        .header("Hodei-Log-Lines-Ended", place.linesEnded())
        .build();
  }

  private Response part(Caller me, long id, LogInfo info, LogStream stream, ByteRange wanted) {
    long length = info.length(stream);
    if (wanted.from() >= length) {
      throw new DomainException(
          ErrorCode.RANGE_NOT_SATISFIABLE,
          "The range begins at byte %d, but there are %d bytes.".formatted(wanted.from(), length));
    }
    int limit = (int) Math.min(wanted.upto() - wanted.from(), MOST_BYTES);
    LogRange range =
        answers.read(() -> reading.range(me, id, info.attempt(), stream, wanted.from(), limit));
    return described(Response.status(206).entity(range.data()).type(PLAIN), range, stream)
        .header(
            "Content-Range", "bytes %d-%d/%d".formatted(range.offset(), range.next() - 1, length))
        .build();
  }

  private static Response.ResponseBuilder described(
      Response.ResponseBuilder response, LogRange range, @Nullable LogStream stream) {
    if (stream != null) {
      response.header("Accept-Ranges", "bytes");
    }
    return response
        .header("Hodei-Log-Attempt", range.info().attempt())
        .header("Hodei-Log-Offset", range.offset())
        .header("Hodei-Log-Next-Offset", range.next())
        .header("Hodei-Log-Length", range.info().length(stream))
        .header("Hodei-Log-State", range.info().state());
  }
}

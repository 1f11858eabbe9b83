package io.hodei.web.schedules;

import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.schedules.boundary.CalendarControl;
import io.hodei.security.Permission;
import io.hodei.security.entity.Answer;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Adds the events of an iCalendar file to a calendar. */
@Path("/calendars/{name}:import")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class CalendarImportResource {
  private static final int MOST_BYTES = 4 << 20;

  private final CurrentCaller caller;
  private final CalendarControl calendars;
  private final Answers answers;

  @Inject
  public CalendarImportResource(CurrentCaller caller, CalendarControl calendars, Answers answers) {
    this.caller = caller;
    this.calendars = calendars;
    this.answers = answers;
  }

  @POST
  @Consumes("text/calendar")
  @Requires(Permission.SCHEDULES_WRITE)
  public Response add(@PathParam("name") String name, InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new DomainException(
          ErrorCode.TOO_LARGE, "The body is larger than %d bytes.".formatted(MOST_BYTES));
    }
    String text = text(bytes);
    return answers.once(
        bytes,
        () ->
            Answer.of(
                200,
                "",
                ScheduleOutput.of(
                        answers
                            .audited(
                                "calendar.import",
                                name,
                                "{}",
                                () -> calendars.importEvents(caller.get(), name, text))
                            .calendar())
                    .toString()));
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw DomainException.invalid("", "is not UTF-8");
    }
  }
}

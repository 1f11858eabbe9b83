package io.hodei.web.admin;

import io.hodei.json.FieldErrors;
import io.hodei.json.JsonFields;
import io.hodei.json.JsonWriter;
import io.hodei.platform.DomainException;
import io.hodei.profiles.Profile;
import io.hodei.profiles.ProfileControl;
import io.hodei.profiles.Profiles;
import io.hodei.security.Permission;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.JsonBody;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** How eagerly the cluster works: reads and changes the profile. */
@Path("/profiles")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class ProfilesResource {
  private final CurrentCaller caller;
  private final Profiles profiles;
  private final ProfileControl control;
  private final Answers answers;

  @Inject
  public ProfilesResource(
      CurrentCaller caller, Profiles profiles, ProfileControl control, Answers answers) {
    this.caller = caller;
    this.profiles = profiles;
    this.control = control;
    this.answers = answers;
  }

  @GET
  @Requires(Permission.CONFIG_READ)
  public Response list() {
    return Answers.ok(write(profiles.active()));
  }

  @PUT
  @Path("active")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.INSTALLATION_MANAGE)
  public Response activate(JsonBody body) {
    FieldErrors errors = new FieldErrors();
    JsonFields fields = body.fields(errors);
    String name = fields.requiredText("name", 40);
    fields.finish();
    errors.refuse();
    if (Profile.named(name).isEmpty()) {
      throw DomainException.invalid(
          "/name", "must be one of " + Profile.ALL.stream().map(Profile::name).toList());
    }
    return Answers.ok(write(answers.read(() -> control.activate(caller.get(), name))));
  }

  private static JsonWriter write(Profile active) {
    JsonWriter out = new JsonWriter(1024).object().member("active", active.name()).array("items");
    for (Profile profile : Profile.ALL) {
      out.object()
          .member("name", profile.name())
          .member("poll", profile.poll())
          .member("batch", profile.batch())
          .member("dispatches", profile.dispatches())
          .member("statusChecks", profile.statusChecks())
          .member("dbPool", profile.dbPool())
          .endObject();
    }
    return out.endArray().endObject();
  }
}

package io.hodei.web.templates;

import io.hodei.json.JsonWriter;
import io.hodei.platform.DomainException;
import io.hodei.platform.Words;
import io.hodei.security.Caller;
import io.hodei.security.Permission;
import io.hodei.templates.boundary.TemplateInput;
import io.hodei.templates.boundary.Tools;
import io.hodei.templates.entity.NewTool;
import io.hodei.templates.entity.Tool;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.JsonBody;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The programs that prompts are for. */
@Path("/tools")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class ToolsResource {
  private final CurrentCaller caller;
  private final Tools tools;
  private final Answers answers;

  @Inject
  public ToolsResource(CurrentCaller caller, Tools tools, Answers answers) {
    this.caller = caller;
    this.tools = tools;
    this.answers = answers;
  }

  @GET
  @Requires(Permission.TEMPLATES_READ)
  public Response list() {
    JsonWriter out = new JsonWriter(1024).object().array("items");
    answers.read(() -> tools.list(caller.get())).forEach(tool -> write(out, tool));
    return Answers.ok(out.endArray().endObject());
  }

  @GET
  @Path("{name}")
  @Requires(Permission.TEMPLATES_READ)
  public Response get(@PathParam("name") String text) {
    String name = name(text);
    return Answers.ok(write(new JsonWriter(), answers.read(() -> tools.get(caller.get(), name))));
  }

  @PUT
  @Path("{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.TOOLS_WRITE)
  public Response put(@PathParam("name") String text, JsonBody body) {
    NewTool tool = TemplateInput.tool(body.value(), name(text));
    Caller me = caller.get();
    Tool stored =
        answers.change(
            "tool.put",
            tool.name(),
            new JsonWriter().object().texts("command", tool.command()).endObject().toString(),
            () -> tools.put(me, tool));
    return Answers.json(stored.version() == 1 ? 201 : 200, write(new JsonWriter(), stored));
  }

  @DELETE
  @Path("{name}")
  @Requires(Permission.TOOLS_WRITE)
  public Response delete(@PathParam("name") String text) {
    String name = name(text);
    answers.change(
        "tool.delete",
        name,
        "{}",
        () -> {
          tools.delete(caller.get(), name);
          return name;
        });
    return Response.noContent().build();
  }

  private static String name(String text) {
    if (!Words.isPool(text)) {
      throw DomainException.notFound(
          "tool", text.length() > 70 ? text.substring(0, 70) + "…" : text);
    }
    return text;
  }

  private static JsonWriter write(JsonWriter out, Tool tool) {
    NewTool definition = tool.definition();
    return out.object()
        .member("name", definition.name())
        .texts("command", definition.command())
        .member("environment", definition.environment())
        .member("pool", definition.pool())
        .member("requires", definition.requires())
        .member("version", (long) tool.version())
        .member("createdAt", tool.createdAt())
        .member("updatedAt", tool.updatedAt())
        .endObject();
  }
}

package io.hodei.web.admin;

import io.hodei.json.JsonWriter;
import io.hodei.platform.HodeiSettings;
import io.hodei.platform.Setting;
import io.hodei.platform.Settings;
import io.hodei.security.Permission;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The settings of the node that answers. */
@Path("/config")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class ConfigResource {
  private static final String MASK = "********";

  private final Settings settings;

  @Inject
  public ConfigResource(Settings settings) {
    this.settings = settings;
  }

  @GET
  @Requires(Permission.CONFIG_READ)
  public Response list() {
    JsonWriter out = new JsonWriter(8192).object().array("items");
    for (Setting<?> setting : HodeiSettings.ALL) {
      String value = settings.text(setting);
      out.object()
          .member("key", setting.key())
          .member("value", setting.secret() && !value.isEmpty() ? MASK : value)
          .member("default", setting.defaultText())
          .member("description", setting.description())
          .member("range", setting.range().isEmpty() ? null : setting.range())
          .member("secret", setting.secret() ? true : null)
          .member("source", source(setting))
          .endObject();
    }
    return Answers.ok(out.endArray().endObject());
  }

  /** Only the kind of the source: its name can tell paths of the host. */
  private String source(Setting<?> setting) {
    String source = settings.source(setting).toLowerCase(java.util.Locale.ROOT);
    if (source.equals("default")) {
      return "default";
    }
    if (source.contains("env")) {
      return "environment";
    }
    return source.contains("sys") ? "system property" : "configuration";
  }
}

package io.hodei.web.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A way to answer some requests without JAX-RS around their resource (docs/adr/0030). */
public interface ShortWay {
  /**
   * Answers a request whose caller is known, when it is one of those and in its plainest form.
   *
   * @param path within the application
   * @return whether it was answered; if not, nothing was read and nothing written
   */
  boolean answer(HttpServletRequest request, HttpServletResponse response, String path)
      throws IOException;
}

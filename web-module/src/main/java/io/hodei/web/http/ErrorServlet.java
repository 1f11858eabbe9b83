package io.hodei.web.http;

import io.hodei.platform.ErrorCode;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;

/** Answers what the container refuses before or after the resources. */
@WebServlet(urlPatterns = "/errors", asyncSupported = true)
public class ErrorServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    int status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
            ? code
            : 404;
    ErrorCode code =
        Arrays.stream(ErrorCode.values())
            .filter(known -> known.status() == status)
            .findFirst()
            .orElse(status < 500 ? ErrorCode.INVALID : ErrorCode.INTERNAL);
    Problem.of(code, code.title() + ".").send(request, response);
  }
}

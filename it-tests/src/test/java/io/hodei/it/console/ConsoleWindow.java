package io.hodei.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.hodei.it.testing.Api;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One window of the console, signed in by a one-time code, that remembers everything that went
 * wrong in it.
 */
final class ConsoleWindow implements AutoCloseable {
  private static final String WATCH =
      """
      window.__violations = [];
      document.addEventListener('securitypolicyviolation', (e) => window.__violations.push(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sourceFile));
      window.__pwned = 0;
      """;

  private final BrowserContext context;
  private final Page page;
  private final URI node;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  private ConsoleWindow(BrowserContext context, URI node) {
    this.context = context;
    this.node = node;
    context.addInitScript(WATCH);
    this.page = context.newPage();
    page.onConsoleMessage(this::note);
    page.onPageError(error -> complaints.add("uncaught: " + error));
    page.onDialog(
        dialog -> {
          complaints.add("a dialog opened: " + dialog.message());
          dialog.dismiss();
        });
  }

  /** Opens a window of this size and signs in. */
  static ConsoleWindow open(Browser browser, Api api, URI node, int width, ColorScheme scheme) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, width < 500 ? 844 : 900)
                .setColorScheme(scheme));
    ConsoleWindow window = new ConsoleWindow(context, node);
    window.signIn(api);
    return window;
  }

  private void signIn(Api api) {
    String code = api.at(node).post("/session/codes", "").expect(201).json().getString("code");
    page.navigate(node + "/#/login?code=" + code);
    page.waitForSelector(".shell");
  }

  Page page() {
    return page;
  }

  URI node() {
    return node;
  }

  /** Goes to a place of the console and waits until it shows what the selector means. */
  void go(String place, String selector) {
    page.navigate(node + "/#" + place);
    page.waitForSelector(selector);
    page.waitForFunction("() => !document.querySelector('[aria-busy=true]')");
  }

  void screenshot(Path file) {
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
  }

  /** Nothing is wider than the window, so nothing is cut off or needs to be scrolled sideways. */
  void assertFits(String place) {
    assertThat(
            page.evaluate(
                """
                () => {
                  const content = document.querySelector('.content');
                  return [document.documentElement.scrollWidth - innerWidth, content.scrollWidth - content.clientWidth].filter((over) => over > 0).join();
                }
                """))
        .as("%s is too wide for %d px", place, page.viewportSize().width)
        .isEqualTo("");
  }

  /** Nothing was logged as an error, nothing was blocked, nothing was executed. */
  void assertQuiet(String place) {
    assertThat(complaints).as("complaints of the browser at %s", place).isEmpty();
    assertThat(page.evaluate("() => window.__violations.join('; ')"))
        .as("violations of the content security policy at %s", place)
        .isEqualTo("");
    assertThat(page.evaluate("() => window.__pwned")).as("executed at %s", place).isEqualTo(0);
  }

  private void note(ConsoleMessage message) {
    if (message.type().equals("error") || message.type().equals("warning")) {
      complaints.add(message.type() + ": " + message.text() + " " + message.location());
    }
  }

  @Override
  public void close() {
    context.close();
  }
}

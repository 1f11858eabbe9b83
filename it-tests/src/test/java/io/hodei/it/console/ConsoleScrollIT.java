package io.hodei.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.hodei.it.testing.Jobs;
import jakarta.json.Json;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * That what is scrolled shows at each place what belongs there, though its elements are few and
 * serve one row after the other.
 */
class ConsoleScrollIT extends InBrowser {
  private static final int ROWS = 300;

  /** Scrolls down by hand, some rows with each frame. */
  private static final String SCROLL =
      """
      ([selector, frames, by]) => new Promise((done) => {
        const box = document.querySelector(selector);
        const frame = () => { box.scrollTop += by; if (--frames > 0) requestAnimationFrame(frame); else done(); };
        frame();
      })
      """;

  @Test
  void a_table_shows_its_rows_where_they_belong_and_reads_them_in_their_order() {
    String name = "scrolled-" + UUID.randomUUID().toString().substring(0, 8);
    submit(name, ROWS, Json.createObjectBuilder().add("availableAt", "2099-01-01T00:00:00Z"));
    try (ConsoleWindow window = window()) {
      Page page = window.page();
      window.go("/jobs?q=name:" + name + "*", "tbody tr.opens");
      page.focus("tbody tr[data-index='0']");

      page.evaluate(SCROLL, new Object[] {".table-scroll", 60, 90});

      page.waitForFunction(
          """
          () => {
            const indexes = [...document.querySelectorAll('tbody tr')].map((row) => Number(row.dataset.index));
            return indexes[0] > 50 && indexes.every((index, at) => at === 0 || index === indexes[at - 1] + 1);
          }
          """);
      assertThat(
              page.evaluate(
                  """
                  () => {
                    const {rows} = document.querySelector('hodei-table');
                    const box = document.querySelector('.table-scroll');
                    const zero = document.querySelector('tbody').getBoundingClientRect().top;
                    const shown = [...document.querySelectorAll('tbody tr')];
                    const wrong = shown.filter((row) => {
                      const index = Number(row.dataset.index);
                      return !row.textContent.includes(rows[index].id) || row.getAttribute('aria-rowindex') !== String(index + 2)
                          || Math.abs(row.getBoundingClientRect().top - zero - 38 * index) > 0.5;
                    }).map((row) => row.textContent);
                    const {top, bottom} = box.getBoundingClientRect();
                    if (shown[0].getBoundingClientRect().top > top || shown.at(-1).getBoundingClientRect().bottom < bottom) wrong.push('a gap');
                    if (shown.length > 80) wrong.push(shown.length + ' rows');
                    return wrong;
                  }
                  """))
          .isEqualTo(List.of());
      assertThat(page.evaluate("() => document.activeElement.tagName"))
          .as("what has the focus after its row has left")
          .isNotEqualTo("TR");
      window.assertQuiet("the table");
    } finally {
      api.post("/jobs:cancel?name=" + name + "*", "{\"reason\":\"the end of a test\"}");
    }
  }

  @Test
  void a_log_shows_its_lines_where_they_belong() {
    String id = jobs.submit(Jobs.script("three-thousand-lines", "seq 1 3000"));
    jobs.awaitEnd(id);
    try (ConsoleWindow window = window()) {
      Page page = window.page();
      window.go("/jobs/" + id, ".log-row:has-text('3000')");
      page.evaluate("() => { document.querySelector('.log').scrollTop = 0; }");
      for (int part = 0; part < 5; part++) {
        page.evaluate(SCROLL, new Object[] {".log", 7 + part, 33});
        page.waitForFunction(
            """
            () => {
              const box = document.querySelector('.log');
              const {top, bottom} = box.getBoundingClientRect();
              const rows = [...document.querySelectorAll('.log-row:not([hidden])')].map((row) => ({no: Number(row.querySelector('.no').textContent), text: row.querySelector('.text').textContent, at: row.getBoundingClientRect()}));
              return rows[0].at.top <= top && rows.at(-1).at.bottom >= bottom && rows.length < 100
                  && rows.every(({no, text, at}) => text === String(no) && Math.abs(at.top - top + box.scrollTop - 19 * (no - 1)) < 1);
            }
            """);
      }
      window.assertQuiet("the log");
    }
  }
}

package io.hodei.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerParserTest {
  private static final String WITH_LENGTH =
      "HTTP/1.1 201 Created\r\nX-Content-Length: 9\r\ncontent-LENGTH:  5\r\nDate: x\r\n\r\nabcde";
  private static final String CHUNKED =
      "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: x\r\n\r\n";

  private final AnswerParser parser = new AnswerParser();

  @ParameterizedTest
  @ValueSource(strings = {WITH_LENGTH, CHUNKED})
  void an_answer_may_be_cut_anywhere(String answer) throws IOException {
    for (int cut = 0; cut < answer.length(); cut++) {
      parser.begin();
      assertThat(take(answer.substring(0, cut))).isFalse();
      assertThat(take(answer.substring(cut))).isTrue();
      assertThat(parser.answer().status()).isEqualTo(201);
      assertThat(parser.answer().text()).isEqualTo("abcde");
      assertThat(parser.closes()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {WITH_LENGTH, CHUNKED})
  void an_answer_may_come_byte_by_byte(String answer) throws IOException {
    for (int i = 0; i < answer.length(); i++) {
      assertThat(take(answer.substring(i, i + 1))).isEqualTo(i == answer.length() - 1);
    }
    assertThat(parser.answer().text()).isEqualTo("abcde");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 204 No\r\n\r\n",
        "HTTP/1.1 304 Same\r\nContent-Length: 7\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
      })
  void some_answers_have_no_body(String answer) throws IOException {
    assertThat(take(answer)).isTrue();
    assertThat(parser.answer().body()).isEmpty();
  }

  @Test
  void an_answer_without_a_length_ends_with_its_connection() throws IOException {
    assertThat(take("HTTP/1.1 200 OK\r\n\r\nab")).isFalse();
    assertThat(take("cd")).isFalse();
    parser.end();

    assertThat(parser.answer().text()).isEqualTo("abcd");
    assertThat(parser.closes()).isTrue();
  }

  @Test
  void the_server_may_say_that_it_closes() throws IOException {
    assertThat(take("HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 1\r\n\r\nx")).isTrue();
    assertThat(parser.closes()).isTrue();
  }

  @Test
  void half_an_answer_is_none() throws IOException {
    for (String answer : new String[] {WITH_LENGTH, CHUNKED}) {
      for (int cut = 0; cut < answer.length(); cut++) {
        parser.begin();
        take(answer.substring(0, cut));
        assertThatThrownBy(parser::end).isInstanceOf(EOFException.class);
      }
    }
  }

  @Test
  void more_than_an_answer_is_refused() {
    assertThatThrownBy(() -> take(WITH_LENGTH + "H"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.6\r\n",
        "\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"
      })
  void what_is_no_http_is_refused(String answer) {
    assertThatThrownBy(() -> take(answer))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no HTTP/1.1");
  }

  @Test
  void chunks_and_lines_may_be_long() throws IOException {
    String chunk = "x".repeat(0x12345);
    String longLine = "X-Long: " + "y".repeat(5_000) + "\r\n";
    String head = "HTTP/1.1 200 OK\r\n" + longLine + "Transfer-Encoding: chunked\r\n\r\n";
    String piece = "12345\r\n" + chunk + "\r\n";

    assertThat(take(head + piece + piece + "0\r\n\r\n")).isTrue();
    assertThat(parser.answer().text()).isEqualTo(chunk + chunk);
  }

  private boolean take(String piece) throws IOException {
    return parser.take(ByteBuffer.wrap(piece.getBytes(ISO_8859_1)));
  }
}

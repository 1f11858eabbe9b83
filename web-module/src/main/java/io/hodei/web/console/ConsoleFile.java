package io.hodei.web.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file of the console, ready to be sent.
 *
 * @param zipped the same compressed; empty when that is not smaller
 * @param tag what names this content
 * @param forever whether its path names its version, so that it never changes
 */
@SuppressWarnings("ArrayRecordComponent")
record ConsoleFile(String type, byte[] bytes, byte[] zipped, String tag, boolean forever) {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'";
  private static final Pattern VERSIONED =
      Pattern.compile("/vendor/[^/]*\\d+\\.\\d+\\.\\d+[^/]*/.+");
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html;charset=utf-8"),
          Map.entry("js", "text/javascript;charset=utf-8"),
          Map.entry("mjs", "text/javascript;charset=utf-8"),
          Map.entry("css", "text/css;charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"));
  private static final Pattern COMPRESSED = Pattern.compile("png|ico|woff2");

  static ConsoleFile of(String path, byte[] bytes) {
    String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    byte[] zipped = COMPRESSED.matcher(extension).matches() ? new byte[0] : zip(bytes);
    return new ConsoleFile(
        TYPES.getOrDefault(extension, "text/plain;charset=utf-8"),
        bytes,
        zipped.length < bytes.length ? zipped : new byte[0],
        HexFormat.of().formatHex(sha256(bytes), 0, 16),
        VERSIONED.matcher(path).matches());
  }

  /** Answers a GET or HEAD with it. */
  void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
    boolean small = zipped.length > 0 && takesGzip(request.getHeader("Accept-Encoding"));
    String entityTag = "\"" + tag + (small ? "-gz\"" : "\"");
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader(
        "Cache-Control", forever ? "public, max-age=31536000, immutable" : "no-cache");
    response.setHeader("ETag", entityTag);
    if (zipped.length > 0) {
      response.setHeader("Vary", "Accept-Encoding");
    }
    if (isKnown(request.getHeader("If-None-Match"), entityTag)) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    byte[] body = small ? zipped : bytes;
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType(type);
    if (small) {
      response.setHeader("Content-Encoding", "gzip");
    }
    response.setContentLength(body.length);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(body);
    }
  }

  /** RFC 9110, 12.5.3, as far as browsers use it: gzip is named, and not with weight 0. */
  private static boolean takesGzip(@Nullable String accepted) {
    if (accepted == null) {
      return false;
    }
    for (String coding : accepted.toLowerCase(Locale.ROOT).split(",", 20)) {
      String[] parts = coding.split(";", 2);
      if (parts[0].strip().equals("gzip")) {
        return parts.length == 1 || !parts[1].strip().matches("q=0(\\.0*)?");
      }
    }
    return false;
  }

  private static boolean isKnown(@Nullable String ifNoneMatch, String entityTag) {
    if (ifNoneMatch == null) {
      return false;
    }
    for (String known : ifNoneMatch.split(",", 20)) {
      String bare = known.strip();
      if (bare.equals("*") || bare.equals(entityTag) || bare.equals("W/" + entityTag)) {
        return true;
      }
    }
    return false;
  }

  private static byte[] zip(byte[] bytes) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream(bytes.length / 2 + 64);
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}

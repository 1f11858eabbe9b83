package io.hodei.cli.output;

/** How data goes to standard output. */
public enum Format {
  /** Columns for people. */
  table,
  /** One indented JSON document, the same as REST. */
  json,
  /** The same as YAML. */
  yaml,
  /** One id (or name) a line. */
  id,
  /** One compact JSON object a line. */
  ndjson
}

package io.hodei.cli.context;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An installation to speak to.
 *
 * @param urls its nodes
 * @param token of the caller, if there is one
 * @param source where this came from: {@code --url}, {@code HODEI_URL}, {@code context prod}, a
 *     file
 */
public record Target(List<URI> urls, @Nullable String token, String source) {}

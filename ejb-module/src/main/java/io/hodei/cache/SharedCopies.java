package io.hodei.cache;

import java.util.Collection;
import java.util.Map;

/**
 * Copies that all nodes share. Nothing in it is trusted, and nothing waits for it longer than some
 * milliseconds: what does not answer in time is not there.
 */
public interface SharedCopies {
  Map<String, byte[]> get(Collection<String> keys);

  void put(String key, byte[] copy);

  void remove(Collection<String> keys);
}

package io.hodei.it.container;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Before Arquillian starts its container there is a database, and the container is told of it.
 * Inside of the container, where the class is read once more, nothing is left to do.
 */
final class OnOwnDatabase implements BeforeAllCallback {
  @Override
  public void beforeAll(ExtensionContext context) {
    if (System.getProperty("com.sun.aas.instanceRoot") == null) {
      ContainerDatabase.start();
    }
  }
}

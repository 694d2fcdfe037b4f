package org.privateshare.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Remembers one transfer as long as a test takes.
final class InMemory implements Memory {
  @Nullable String text;

  @Override
  public String tag() {
    return "0123456789abcdef";
  }

  @Override
  public boolean claim() {
    return true;
  }

  @Override
  public synchronized Optional<String> recall() {
    return Optional.ofNullable(text);
  }

  @Override
  public synchronized void keep(String state) {
    text = state;
  }

  @Override
  public synchronized void forget() {
    text = null;
  }

  @Override
  public synchronized boolean isKept() {
    return text != null;
  }

  @Override
  public void close() {}
}

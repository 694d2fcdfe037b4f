package org.privateshare.client;

/// What a check has found.
///
/// @param level how good it is
/// @param topic what was looked at, in a word or two
/// @param text what there is
/// @param advice what to do; empty where there is nothing to do
public record Finding(Level level, String topic, String text, String advice) {
  /// How good something is.
  public enum Level {
    /// As it should be.
    OK,
    /// It works, not at its best.
    WARN,
    /// It doesn't work.
    FAIL
  }

  /// Something that is as it should be.
  public static Finding ok(String topic, String text) {
    return new Finding(Level.OK, topic, text, "");
  }

  /// Something that works, not at its best.
  public static Finding warn(String topic, String text, String advice) {
    return new Finding(Level.WARN, topic, text, advice);
  }

  /// Something that doesn't work.
  public static Finding fail(String topic, String text, String advice) {
    return new Finding(Level.FAIL, topic, text, advice);
  }
}

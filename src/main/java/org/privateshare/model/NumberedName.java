package org.privateshare.model;

/// Other names for a file whose own is taken.
public final class NumberedName {
  /// How many are tried.
  public static final int MOST = 99;

  private NumberedName() {}

  /// `photo (1).jpg` of `photo.jpg`; the name itself for zero.
  public static String of(String name, int number) {
    if (number == 0) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    int end = dot > 0 ? dot : name.length();
    return name.substring(0, end) + " (" + number + ")" + name.substring(end);
  }
}

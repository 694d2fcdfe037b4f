package org.privateshare.cli;

import java.util.Locale;

/// What `list --sort` sorts by; rows that are equal in it come by their names.
enum ListOrder {
  /// By code points, in a tree each folder right before what is in it.
  NAME,
  /// Largest first, what has no size last.
  SIZE,
  /// Newest first.
  TIME;

  /// Reads the value of the option; one spelling each.
  static ListOrder parse(String text) throws Mistake {
    for (ListOrder order : values()) {
      if (order.name().toLowerCase(Locale.ROOT).equals(text)) {
        return order;
      }
    }
    throw new Mistake(Paths.shown(text) + " is not one of name, size and time");
  }
}

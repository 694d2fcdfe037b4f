package org.privateshare.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// What `list --sort` sorts by; rows that are equal in it come by their names.
enum ListOrder {
  /// By code points, in a tree each folder right before what is in it.
  NAME,
  /// Largest first, what has no size last.
  SIZE,
  /// Newest first.
  TIME;

  /// Reads the value of the option; one spelling each.
  static final class Converter implements ITypeConverter<ListOrder> {
    @Override
    public ListOrder convert(String value) {
      for (ListOrder order : values()) {
        if (order.name().toLowerCase(Locale.ROOT).equals(value)) {
          return order;
        }
      }
      throw new TypeConversionException(Paths.shown(value) + " is not one of name, size and time");
    }
  }
}

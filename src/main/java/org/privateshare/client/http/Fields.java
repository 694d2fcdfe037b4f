package org.privateshare.client.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The header fields of a message in their order (RFC 9110 section 5). Names are compared without
/// regard to case; whoever holds one knows that no line break can hide in it.
///
/// @param list every field
public record Fields(List<Field> list) {
  /// No fields.
  public static final Fields NONE = new Fields(List.of());

  /// Takes a copy.
  public Fields {
    list = List.copyOf(list);
  }

  /// One field.
  ///
  /// @param name a token
  /// @param value text without line breaks and without blanks around it
  public record Field(String name, String value) {
    /// Checks the alphabet of both.
    public Field {
      if (!Grammar.isToken(name)) {
        throw new IllegalArgumentException("not a field's name");
      }
      if (!Grammar.isFieldValue(value)) {
        throw new IllegalArgumentException("not a value for the field " + name);
      }
    }
  }

  /// These fields and one more at the end.
  public Fields with(String name, String value) {
    var longer = new ArrayList<>(list);
    longer.add(new Field(name, value));
    return new Fields(longer);
  }

  /// The value of the first field of this name.
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /// The values of all fields of this name.
  public List<String> all(String name) {
    return list.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  /// Whether a field that is a list of tokens, such as `Connection`, holds this one.
  boolean lists(String name, String token) {
    return all(name).stream()
        .flatMap(value -> List.of(value.split(",", -1)).stream())
        .anyMatch(item -> item.strip().equalsIgnoreCase(token));
  }
}

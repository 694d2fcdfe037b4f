package org.privateshare.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The parameters of a URL: `a=1&b`, percent-encoded. A `+` is a `+` but where a browser's form is
/// read; no parameter has two values.
final class Query {
  private record Parameter(String name, String raw, String value) {}

  private final List<Parameter> parameters;

  private Query(List<Parameter> parameters) {
    this.parameters = parameters;
  }

  /// Reads what stands behind the `?`.
  ///
  /// @throws Problem 400 where it isn't percent-encoded UTF-8
  static Query parse(String raw) throws Problem {
    List<Parameter> parameters = new ArrayList<>();
    for (String part : raw.split("&", -1)) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? part : part.substring(0, equals);
        String value = equals < 0 ? "" : part.substring(equals + 1);
        parameters.add(new Parameter(decode(name), value, decode(value)));
      }
    }
    return new Query(parameters);
  }

  private static String decode(String raw) throws Problem {
    return PercentCode.decode(raw)
        .orElseThrow(() -> Problem.badRequest("the query is no percent-encoded UTF-8"));
  }

  /// Whether there is such a parameter.
  boolean has(String name) {
    return parameters.stream().anyMatch(parameter -> parameter.name.equals(name));
  }

  /// The value of a parameter; the empty text where it has none.
  ///
  /// @throws Problem 400 where it is there twice
  Optional<String> value(String name) throws Problem {
    return find(name).map(Parameter::value);
  }

  /// The value of a parameter that browsers write out of a form, where a `+` is a space.
  ///
  /// @throws Problem 400 where it is there twice
  Optional<String> formValue(String name) throws Problem {
    Optional<Parameter> found = find(name);
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(decode(found.get().raw.replace("+", "%20")));
  }

  private Optional<Parameter> find(String name) throws Problem {
    List<Parameter> found =
        parameters.stream().filter(parameter -> parameter.name.equals(name)).toList();
    if (found.size() > 1) {
      throw Problem.badRequest("the parameter " + name + " is there twice");
    }
    return found.stream().findFirst();
  }

  /// Whether a switch, a parameter without a value, is there.
  ///
  /// @throws Problem 400 where it has a value or is there twice
  boolean isOn(String name) throws Problem {
    Optional<String> value = value(name);
    if (!value.orElse("").isEmpty()) {
      throw Problem.badRequest("the parameter " + name + " takes no value");
    }
    return value.isPresent();
  }

  /// Lets only known parameters pass, so that a misspelt one doesn't change something else.
  ///
  /// @throws Problem 400 where there is another one
  void requireOnly(String... known) throws Problem {
    Set<String> names = Set.of(known);
    if (parameters.stream().anyMatch(parameter -> !names.contains(parameter.name))) {
      throw Problem.badRequest("the query has a parameter that isn't known here");
    }
  }
}

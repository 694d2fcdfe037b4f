package org.privateshare.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.privateshare.client.http.Origin;
import org.privateshare.client.http.Trust;
import org.privateshare.model.Fingerprint;

/// The servers that the user has logged in to.
///
/// Kept as text in UTF-8, each line ended by LF, sorted by name, in this one spelling (see
/// `docs/client.md`):
///
/// ```
/// privateshare aliases 1
/// alias NAME HOST:PORT sha256//BASE64|authorities KEY
/// end COUNT
/// ```
///
/// @param list sorted by name; no name and no origin twice
public record Aliases(List<Alias> list) {
  /// Nobody has logged in anywhere.
  public static final Aliases NONE = new Aliases(List.of());

  /// The most that there can be.
  public static final int MAX = 256;

  private static final String HEADER = "privateshare aliases 1";
  private static final String WORD = "alias";
  private static final String AUTHORITIES = "authorities";

  /// Copies and sorts the list.
  public Aliases {
    list = list.stream().sorted(Comparator.comparing(Alias::name)).toList();
    Set<String> seen = new HashSet<>();
    // No space is in a name, and no origin is without a colon, which no name has.
    if (!list.stream().allMatch(alias -> seen.add(alias.name()) && seen.add(origin(alias)))) {
      throw new IllegalArgumentException("an alias is there twice");
    }
    if (list.size() > MAX) {
      throw new IllegalArgumentException("more than " + MAX + " aliases");
    }
  }

  /// The server of that name.
  public Optional<Alias> named(String name) {
    return list.stream().filter(alias -> alias.name().equals(name)).findFirst();
  }

  /// The server at that origin.
  public Optional<Alias> at(Origin origin) {
    String wanted = origin.toString();
    return list.stream().filter(alias -> origin(alias).equals(wanted)).findFirst();
  }

  /// These and one more, which takes the place of those with its name or origin.
  public Aliases with(Alias alias) {
    List<Alias> more = new ArrayList<>(without(alias.name()).list);
    more.removeIf(other -> origin(other).equals(origin(alias)));
    more.add(alias);
    return new Aliases(more);
  }

  /// These without the one of that name.
  public Aliases without(String name) {
    return new Aliases(list.stream().filter(alias -> !alias.name().equals(name)).toList());
  }

  private static String origin(Alias alias) {
    return alias.origin().toString();
  }

  /// Reads what [#toString] writes, and nothing else.
  ///
  /// @throws IOException naming the line that can't be, never what is in it: that may be a key
  public static Aliases parse(String text) throws IOException {
    String[] lines = text.split("\n", MAX + 4);
    List<Alias> found = new ArrayList<>();
    for (int n = 1; n < lines.length && lines[n].startsWith(WORD + " "); n++) {
      found.add(parseLine(lines[n], n + 1));
    }
    String[] expected = spelled(found).split("\n", -1);
    for (int n = 0; n < Math.max(lines.length, expected.length); n++) {
      if (n >= lines.length || n >= expected.length || !lines[n].equals(expected[n])) {
        throw fault(n + 1);
      }
    }
    return new Aliases(found);
  }

  private static String spelled(List<Alias> found) throws IOException {
    try {
      return new Aliases(found).toString();
    } catch (IllegalArgumentException e) {
      throw new IOException("the list of aliases can't be: " + e.getMessage(), e);
    }
  }

  private static Alias parseLine(String line, int number) throws IOException {
    String[] words = line.split(" ", -1);
    if (words.length != 5) {
      throw fault(number);
    }
    try {
      return new Alias(
          words[1],
          Origin.parse(words[2]).orElseThrow(() -> fault(number)),
          new Credential(trust(words[3]).orElseThrow(() -> fault(number)), words[4]));
    } catch (IllegalArgumentException e) {
      throw fault(number);
    }
  }

  private static Optional<Trust> trust(String word) {
    return word.equals(AUTHORITIES)
        ? Optional.of(new Trust.Authorities())
        : Fingerprint.parse(word).map(Trust.Pinned::new);
  }

  private static IOException fault(int number) {
    return new IOException("line " + number + " of the aliases can't be");
  }

  /// The text that is kept. It holds the keys.
  @Override
  public String toString() {
    var text = new StringBuilder(HEADER).append('\n');
    for (Alias alias : list) {
      Credential credential = alias.credential();
      text.append(WORD).append(' ').append(alias.name());
      text.append(' ').append(origin(alias));
      text.append(' ').append(spelled(credential.trust()));
      text.append(' ').append(credential.key()).append('\n');
    }
    return text.append("end ").append(list.size()).append('\n').toString();
  }

  private static String spelled(Trust trust) {
    return trust instanceof Trust.Pinned(var fingerprint) ? fingerprint.toString() : AUTHORITIES;
  }
}

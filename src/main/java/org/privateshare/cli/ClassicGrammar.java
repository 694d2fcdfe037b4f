package org.privateshare.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.privateshare.client.http.Origin;

/// The grammar of 2020, for ever: `HOST PORT put|get FILE` and `HOST PORT list`. Said again in
/// today's words it is one command, so there is one way behind both.
///
/// It is recognised by its second word, which begins with a digit, or its third, which is a
/// request; a first word that is a command of today wins. Those that 2020 could not know don't,
/// where all of `PORT put`, `PORT get` or `PORT list` follows: none of them has a use for that.
final class ClassicGrammar {
  private static final Set<String> REQUESTS = Set.of("put", "get", "list");

  /// Commands that have always been words of their own.
  private static final Set<String> OLD_COMMANDS = Set.of("serve", "put", "get", "list");

  /// Options whose value is a word of its own.
  private static final Set<String> WITH_VALUE =
      Set.of("-o", "--output", "--retry-for", "--limit-rate", "-j", "--connections");

  private ClassicGrammar() {}

  /// The arguments in today's grammar; others come back as they are. Options may stand anywhere,
  /// `--` ends them.
  ///
  /// @param commands the words that begin a command of today
  static List<String> modernise(List<String> arguments, Set<String> commands) throws Mistake {
    List<Integer> words = words(arguments);
    boolean request = REQUESTS.contains(word(arguments, words, 2));
    boolean port = word(arguments, words, 1).matches("[0-9].*");
    boolean certain = request && word(arguments, words, 1).matches("[0-9]+");
    String first = word(arguments, words, 0);
    boolean command = commands.contains(first) && !(certain && !OLD_COMMANDS.contains(first));
    if (words.isEmpty() || command) {
      return arguments;
    }
    return request || port ? translate(arguments, words) : arguments;
  }

  private static List<String> translate(List<String> arguments, List<Integer> words)
      throws Mistake {
    String request = word(arguments, words, 2);
    int expected = request.equals("list") ? 3 : 4;
    if (!REQUESTS.contains(request) || words.size() != expected) {
      throw new Mistake("after HOST PORT comes 'put FILE', 'get FILE' or 'list'");
    }
    Origin server = Origins.parse(word(arguments, words, 0), word(arguments, words, 1));
    List<String> modern = new ArrayList<>();
    modern.add(request);
    for (int i = 0; i < arguments.size(); i++) {
      if (words.indexOf(i) < 0 || words.indexOf(i) > 2) {
        modern.add(arguments.get(i));
      }
    }
    modern.add(server.toString());
    return modern;
  }

  /// Where the words are that are no options.
  private static List<Integer> words(List<String> arguments) {
    List<Integer> words = new ArrayList<>();
    boolean options = true;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (options && argument.equals("--")) {
        options = false;
      } else if (options && WITH_VALUE.contains(argument)) {
        i++;
      } else if (!options || !argument.startsWith("-")) {
        words.add(i);
      }
    }
    return words;
  }

  private static String word(List<String> arguments, List<Integer> words, int index) {
    return index < words.size() ? arguments.get(words.get(index)) : "";
  }
}

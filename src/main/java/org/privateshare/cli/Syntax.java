package org.privateshare.cli;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/// The words that a command takes: options, and operands behind them. A command tells them one by
/// one and keeps what it is given for each, which has its value when the line was read.
///
/// Told in code and not in picocli's annotations, since for those every start of the program has to
/// make classes (`docs/measurements/startup.md`).
final class Syntax {
  private final String name;
  private final String description;
  private final String[] synopsis;
  private final List<OptionSpec> options = new ArrayList<>();
  private final List<ArgGroupSpec> choices = new ArrayList<>();
  private final List<PositionalParamSpec> operands = new ArrayList<>();

  /// Reads the text of an option's value.
  interface Form<T> {
    /// The value.
    ///
    /// @throws Mistake where the text is none
    T read(String text) throws Mistake;
  }

  /// A command without words as yet.
  ///
  /// @param synopsis how it is called, a line each
  Syntax(String name, String description, String... synopsis) {
    this.name = name;
    this.description = description;
    this.synopsis = synopsis;
  }

  /// An option that is there or not.
  Flag flag(String what, String... names) {
    Flag flag = Flag.of(what, names);
    options.add(flag.spec());
    return flag;
  }

  /// Of these only one may be there.
  void choice(Flag... flags) {
    ArgGroupSpec.Builder choice = ArgGroupSpec.builder().exclusive(true);
    for (Flag flag : flags) {
      var _ = choice.addArg(flag.spec());
    }
    choices.add(choice.build());
  }

  /// An option with a text.
  Given<String> text(String label, String what, String... names) {
    return value(String.class, label, what, text -> text, names);
  }

  /// An option with a value of another form.
  <T> Given<T> value(
      Class<T> type, String label, String what, Form<? extends T> form, String... names) {
    ITypeConverter<T> converter =
        text -> {
          try {
            return form.read(text);
          } catch (Mistake e) {
            throw new TypeConversionException(e.reason());
          }
        };
    OptionSpec.Builder option = OptionSpec.builder(names).paramLabel(label).description(what);
    OptionSpec spec = option.type(type).converters(converter).build();
    options.add(spec);
    return new Given<>(spec);
  }

  /// An option with a text that may be there several times; the list has them once the line was
  /// read.
  List<String> texts(String label, String what, String... names) {
    OptionSpec.Builder option = OptionSpec.builder(names).paramLabel(label).description(what);
    OptionSpec spec = option.type(List.class).auxiliaryTypes(String.class).build();
    options.add(spec);
    return new Texts(spec);
  }

  /// Any number of words behind the options; the list has them once the line was read.
  ///
  /// @param label how the help calls them
  List<String> operands(String label, String what) {
    PositionalParamSpec.Builder operand =
        PositionalParamSpec.builder().paramLabel(label).hideParamSyntax(true);
    PositionalParamSpec spec =
        operand
            .arity("0..*")
            .index("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description(what)
            .build();
    operands.add(spec);
    return new Texts(spec);
  }

  /// Reads lines for a command that has told all its words.
  CommandLine lineOf(Callable<Integer> command) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name(name);
    var _ = spec.usageMessage().description(description).customSynopsis(synopsis);
    options.forEach(spec::addOption);
    var _ =
        spec.addOption(
            help("Show this help message and exit.", "-h", "--help").usageHelp(true).build());
    var _ =
        spec.addOption(
            help("Print version information and exit.", "-V", "--version")
                .versionHelp(true)
                .build());
    choices.forEach(spec::addArgGroup);
    operands.forEach(spec::addPositional);
    return new CommandLine(spec);
  }

  private static OptionSpec.Builder help(String what, String... names) {
    return OptionSpec.builder(names).type(boolean.class).arity("0").description(what);
  }

  /// What the line has of something that it may have several times, as far as it was read.
  private static final class Texts extends AbstractList<String> {
    private final ArgSpec spec;

    Texts(ArgSpec spec) {
      this.spec = spec;
    }

    private List<String> all() {
      @Nullable List<String> all = spec.getValue();
      return all == null ? List.of() : all;
    }

    @Override
    public String get(int index) {
      return all().get(index);
    }

    @Override
    public int size() {
      return all().size();
    }
  }
}

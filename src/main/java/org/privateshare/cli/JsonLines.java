package org.privateshare.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/// Events for programs: one JSON object a line, its first member `event`. Pure ASCII, so that no
/// name can steer the terminal it ends up on. Not for several threads.
final class JsonLines {
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .rootValueSeparator("")
          .build();

  private final PrintStream out;
  private final StringWriter line = new StringWriter();

  /// One for all lines: a listing has a million of them.
  private final JsonGenerator json;

  JsonLines(PrintStream out) {
    this.out = out;
    try {
      this.json = FACTORY.createGenerator(line);
    } catch (IOException e) {
      throw neverFails(e);
    }
  }

  /// Writes the members of an event after the first.
  @FunctionalInterface
  interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  /// Writes one event and sends it on its way.
  void event(String event, Members members) {
    write(event, members);
    out.flush();
  }

  /// Writes an event that is one of very many: it goes on its way with the next [#event] or a full
  /// buffer.
  void row(String event, Members members) {
    write(event, members);
  }

  /// How many names of a listing were left out because no file may be called so.
  void leftOut(long count) {
    if (count > 0) {
      event("left-out", json -> json.writeNumberField("count", count));
    }
  }

  /// The last event of every run.
  void end(ExitCode exit) {
    event("end", json -> json.writeNumberField("exit", exit.number()));
  }

  /// What could not be done, `name` left out where it is no single file's failure.
  void failed(String name, Exception cause, FarEnd far) {
    failed(name, cause, far, false);
  }

  /// What could not be done this time.
  ///
  /// @param kept whether the same command goes on where this one has stopped
  void failed(String name, Exception cause, FarEnd far, boolean kept) {
    ExitCode exit = ExitCode.of(cause);
    event(
        "failed",
        json -> {
          if (!name.isEmpty()) {
            json.writeStringField("name", name);
          }
          json.writeStringField("reason", exit.word());
          json.writeNumberField("exit", exit.number());
          json.writeStringField("message", Explain.failure(name, cause, far));
          if (kept) {
            json.writeBooleanField("resumable", true);
          }
        });
  }

  private void write(String event, Members members) {
    try {
      json.writeStartObject();
      json.writeStringField("event", event);
      members.write(json);
      json.writeEndObject();
      json.writeRaw('\n');
      json.flush();
    } catch (IOException e) {
      throw neverFails(e);
    }
    out.append(line.getBuffer());
    line.getBuffer().setLength(0);
  }

  private static UncheckedIOException neverFails(IOException e) {
    return new UncheckedIOException("a string can't fail", e);
  }
}

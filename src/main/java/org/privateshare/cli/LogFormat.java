package org.privateshare.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Locale;
import org.privateshare.model.Visit;

/// How a line of the server's log looks, without its end: see `docs/http.md`, "The access log".
enum LogFormat {
  /// For people: local time, level, message.
  TEXT {
    @Override
    String line(ILoggingEvent event, String message) {
      String level = event.getLevel().toString();
      String gap = level.length() < 5 ? "  " : " ";
      return LogTime.of(event.getInstant()) + " " + level + gap + message;
    }

    @Override
    String line(ILoggingEvent event, Visit visit) {
      return line(event, VisitText.of(visit));
    }
  },

  /// For programs: one object a line, in pure ASCII; visits have members of their own.
  JSON {
    @Override
    String line(ILoggingEvent event, String message) {
      return object(
          event,
          json -> {
            json.writeStringField("level", event.getLevel().toString().toLowerCase(Locale.ROOT));
            json.writeStringField("message", message);
          });
    }

    @Override
    String line(ILoggingEvent event, Visit visit) {
      return object(event, json -> write(visit, json));
    }
  };

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /// A line that says `message`, which is fit for a terminal.
  abstract String line(ILoggingEvent event, String message);

  /// A line of the access log.
  abstract String line(ILoggingEvent event, Visit visit);

  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  private static String object(ILoggingEvent event, Members members) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("time", Instant.ofEpochMilli(event.getTimeStamp()).toString());
      members.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string can't fail", e);
    }
    return line.toString();
  }

  private static void write(Visit visit, JsonGenerator json) throws IOException {
    json.writeStringField("door", visit.door());
    json.writeStringField("peer", visit.peer().getHostAddress());
    if (visit.key().isPresent()) {
      json.writeStringField("key", visit.key().get().label());
      json.writeStringField("id", visit.key().get().id());
    }
    json.writeStringField("action", visit.action());
    json.writeStringField("path", visit.path());
    if (visit.status().isPresent()) {
      json.writeNumberField("status", visit.status().getAsInt());
    }
    json.writeNumberField("bytes", visit.bytes());
    BigDecimal seconds = BigDecimal.valueOf(visit.time().toNanos(), 9);
    json.writeNumberField("seconds", seconds.setScale(3, RoundingMode.HALF_UP));
    json.writeStringField("end", visit.end());
  }
}

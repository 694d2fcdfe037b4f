package org.privateshare.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.privateshare.client.Progress;

/// Tells a run of transfers as [JsonLines]. Progress is told at most once a second.
final class JsonEvents implements Consumer<Progress> {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final JsonLines lines;
  private final FarEnd far;
  private long lastTold;

  JsonEvents(JsonLines lines, FarEnd far) {
    this.lines = lines;
    this.far = far;
  }

  @Override
  public void accept(Progress progress) {
    switch (progress) {
      case Progress.Started started -> started(started);
      case Progress.Advanced advanced -> advanced(advanced);
      case Progress.Done done -> done(done);
      case Progress.Unchanged unchanged -> unchanged(unchanged);
      case Progress.Skipped skipped ->
          lines.event("skipped", json -> json.writeStringField("name", skipped.name()));
      case Progress.Failed failed ->
          lines.failed(failed.name(), failed.cause(), far, failed.kept());
      case Progress.Resumed resumed -> resumed(resumed);
      case Progress.Waiting waiting -> waiting(waiting);
    }
  }

  private void unchanged(Progress.Unchanged unchanged) {
    lines.event(
        "unchanged",
        json -> {
          json.writeStringField("name", unchanged.name());
          json.writeNumberField("bytes", unchanged.bytes());
        });
  }

  private void resumed(Progress.Resumed resumed) {
    lines.event(
        "resumed",
        json -> {
          json.writeStringField("name", resumed.name());
          json.writeNumberField("resumed_at", resumed.at());
          json.writeNumberField("total", resumed.total());
        });
  }

  private void waiting(Progress.Waiting waiting) {
    lines.event(
        "waiting",
        json -> {
          json.writeStringField("name", waiting.name());
          json.writeNumberField("milliseconds", waiting.pause().toMillis());
          json.writeStringField("message", Explain.waiting(waiting.name(), waiting.cause(), far));
        });
  }

  private void started(Progress.Started started) {
    lastTold = System.nanoTime();
    lines.event(
        "started",
        json -> {
          json.writeStringField("name", started.name());
          total(json, started.total());
        });
  }

  private void advanced(Progress.Advanced advanced) {
    if (System.nanoTime() - lastTold < SECOND) {
      return;
    }
    lastTold = System.nanoTime();
    lines.event(
        "progress",
        json -> {
          json.writeStringField("name", advanced.name());
          json.writeNumberField("bytes", advanced.moved());
          total(json, advanced.total());
        });
  }

  private void done(Progress.Done done) {
    lines.event(
        "done",
        json -> {
          json.writeStringField("name", done.name());
          json.writeNumberField("bytes", done.bytes());
          if (done.moved() < done.bytes()) {
            json.writeNumberField("moved", done.moved());
          }
          json.writeNumberField("milliseconds", done.took().toMillis());
          if (done.digest().isPresent()) {
            json.writeStringField("digest", done.digest().get().toString());
          }
          if (done.as().isPresent()) {
            json.writeStringField("as", done.as().get());
          }
        });
  }

  private static void total(JsonGenerator json, OptionalLong total) throws IOException {
    if (total.isPresent()) {
      json.writeNumberField("total", total.getAsLong());
    }
  }
}
